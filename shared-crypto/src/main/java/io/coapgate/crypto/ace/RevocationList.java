package io.coapgate.crypto.ace;

import static io.coapgate.crypto.ace.AceFormatException.Reason.INVALID_PARAMETER;
import static io.coapgate.crypto.ace.AceFormatException.Reason.MISSING_PARAMETER;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the token revocation list holds for the one who asks, application/ace-trl+cbor (RFC 9770 §7 to §9): all, or the latest
 * changes. Immutable.
 *
 * @param fullSet every revoked token; empty in an answer that has changes
 * @param diffSet the changes, the latest first; empty in an answer that has all
 * @param cursor of the latest change that the answer takes in; empty if there never was one, or some have been forgotten
 * @param more with changes: whether there are others after these; absent in an answer that has all
 */
public record RevocationList(
        Optional<List<TokenHash>> fullSet,
        Optional<List<Change>> diffSet,
        OptionalLong cursor,
        Optional<Boolean> more) {
    private static final int FULL_SET = 0;
    private static final int DIFF_SET = 1;
    private static final int CURSOR = 2;
    private static final int MORE = 3;

    public RevocationList {
        fullSet = fullSet.map(List::copyOf);
        diffSet = diffSet.map(List::copyOf);
        Objects.requireNonNull(cursor, "cursor");
        if (fullSet.isPresent() == diffSet.isPresent() || diffSet.isPresent() != more.isPresent()) {
            throw new IllegalArgumentException("all, or changes and whether there are more");
        }
    }

    /**
     * One update of the list (RFC 9770 §6.2).
     *
     * @param removed tokens that have ended
     * @param added tokens that have been revoked
     */
    public record Change(List<TokenHash> removed, List<TokenHash> added) {
        public Change {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }
    }

    /** The answer to a full query. */
    public static RevocationList full(List<TokenHash> revoked, OptionalLong cursor) {
        return new RevocationList(Optional.of(revoked), Optional.empty(), cursor, Optional.empty());
    }

    /** The answer to a diff query. */
    public static RevocationList diff(List<Change> latestFirst, OptionalLong cursor, boolean more) {
        return new RevocationList(Optional.empty(), Optional.of(latestFirst), cursor, Optional.of(more));
    }

    /** Decodes at most {@code maxBytes}; parameters that are not known are passed over. */
    public static RevocationList decode(byte[] encoded, int maxBytes) throws AceFormatException {
        AceMap map = AceMap.decode(encoded, maxBytes);
        OptionalLong cursor = map.isNull(CURSOR) ? OptionalLong.empty() : cursor(map);
        Optional<CBORObject> all = map.any(FULL_SET);
        if (all.isPresent()) {
            return full(hashes(all.get()), cursor);
        }
        List<Change> changes = new ArrayList<>();
        for (CBORObject entry : elements(required(map, DIFF_SET))) {
            List<CBORObject> halves = elements(entry);
            if (halves.size() != 2) {
                throw invalid(DIFF_SET);
            }
            changes.add(new Change(hashes(halves.get(0)), hashes(halves.get(1))));
        }
        CBORObject more = required(map, MORE);
        if (more.getType() != CBORType.Boolean) {
            throw invalid(MORE);
        }
        return diff(changes, cursor, more.isTrue());
    }

    public byte[] encode() {
        AceMap map = new AceMap();
        fullSet.ifPresent(all -> map.put(FULL_SET, array(all)));
        diffSet.ifPresent(changes -> map.put(DIFF_SET, changes(changes)));
        if (cursor.isPresent()) {
            map.put(CURSOR, CBORObject.FromObject(cursor.getAsLong()));
        } else {
            map.putNull(CURSOR);
        }
        more.ifPresent(others -> map.put(MORE, CBORObject.FromObject(others)));
        return map.encode();
    }

    private static CBORObject changes(List<Change> changes) {
        CBORObject array = CBORObject.NewArray();
        changes.forEach(change ->
                array.Add(CBORObject.NewArray().Add(array(change.removed())).Add(array(change.added()))));
        return array;
    }

    private static CBORObject array(Collection<TokenHash> hashes) {
        CBORObject array = CBORObject.NewArray();
        hashes.forEach(hash -> array.Add(hash.bytes()));
        return array;
    }

    private static List<TokenHash> hashes(CBORObject array) throws AceFormatException {
        List<TokenHash> hashes = new ArrayList<>();
        for (CBORObject element : elements(array)) {
            if (element.getType() != CBORType.ByteString) {
                throw invalid(FULL_SET);
            }
            hashes.add(TokenHash.ofBytes(element.GetByteString()).orElseThrow(() -> invalid(FULL_SET)));
        }
        return hashes;
    }

    private static List<CBORObject> elements(CBORObject array) throws AceFormatException {
        if (array.getType() != CBORType.Array) {
            throw invalid(DIFF_SET);
        }
        return List.copyOf(array.getValues());
    }

    private static OptionalLong cursor(AceMap map) throws AceFormatException {
        CBORObject value = required(map, CURSOR);
        if (value.getType() != CBORType.Integer || !value.CanValueFitInInt64() || value.AsInt64Value() < 0) {
            throw invalid(CURSOR);
        }
        return OptionalLong.of(value.AsInt64Value());
    }

    private static CBORObject required(AceMap map, int key) throws AceFormatException {
        return map.any(key).orElseThrow(() -> new AceFormatException(MISSING_PARAMETER, "parameter " + key));
    }

    private static AceFormatException invalid(int key) {
        return new AceFormatException(INVALID_PARAMETER, "parameter " + key + " is not what it has to be");
    }
}
