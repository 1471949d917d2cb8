package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.inspect.CborItem.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a CWT, as far as it can be made out: <b>proof of nothing</b>, since anybody may have written it. Immutable.
 *
 * <p>It reads what {@link io.coapgate.crypto.cwt.CwtVerifier} refuses, so that one can see why; it looks only at what
 * starts like a token, and at what is encrypted only with a key that decrypts it.
 */
public final class CwtInspection {

    private static final int CWT_TAG = 61;
    private static final int MAX_LAYERS = 4;
    /** The tags of COSE in one byte and in two, and that of CWT. */
    private static final Set<Integer> SHORT_TAGS = Set.of(0xd0, 0xd1, 0xd2);

    private static final Set<Integer> LONG_TAGS = Set.of(16, 17, 18, CWT_TAG, 96, 97, 98);
    private static final int LONG = 0xd8;

    private final int size;
    private final DecryptionKeys keys;
    private final Instant now;
    private final List<CoseLayer> layers = new ArrayList<>();
    private final List<InspectedClaim> claims = new ArrayList<>();
    private boolean hasCwtTag;
    private int claimsSize;
    private String hidden = "";
    private @Nullable CwtDecryption decryption;

    private CwtInspection(int size, DecryptionKeys keys, Instant now) {
        this.size = size;
        this.keys = keys;
        this.now = now;
    }

    /** Looks into these bytes; empty if they are something else than a token, or a broken one. */
    public static Optional<CwtInspection> of(byte[] token) {
        return of(token, DecryptionKeys.UNKNOWN, Instant.EPOCH);
    }

    /** The same, and if one of these keys, valid now, decrypts an outermost COSE_Encrypt0, into that too. */
    public static Optional<CwtInspection> of(byte[] token, DecryptionKeys keys, Instant now) {
        CwtInspection inspection = new CwtInspection(token.length, keys, now);
        try {
            CborItem outer = CborItem.read(token);
            inspection.hasCwtTag = isCwtTag(outer);
            inspection.look(withoutCwtTags(outer));
        } catch (CoseException e) {
            inspection.hidden = e.getMessage();
        }
        return Optional.of(inspection).filter(seen -> !seen.layers.isEmpty() || startsLikeToken(token));
    }

    /** The size of the token in bytes. */
    public int size() {
        return size;
    }

    /** Whether tag 61 stands in front. */
    public boolean hasCwtTag() {
        return hasCwtTag;
    }

    /** The COSE messages, outermost first. */
    public List<CoseLayer> layers() {
        return List.copyOf(layers);
    }

    /** What came of decrypting; empty if the outermost message is not a COSE_Encrypt0. */
    public Optional<CwtDecryption> decryption() {
        return Optional.ofNullable(decryption);
    }

    /** The message whose signature or MAC vouches for the issuer; empty if there is none, or none that can be seen. */
    public Optional<CoseLayer> authenticated() {
        return layers.stream().skip(decryption == null ? 0 : 1).findFirst();
    }

    /** The claims, duplicates included; none if they are encrypted or can't be read. */
    public List<InspectedClaim> claims() {
        return List.copyOf(claims);
    }

    /** The size of the encoded claims in bytes, 0 if there are none to see. */
    public int claimsSize() {
        return claimsSize;
    }

    /** Why there is no more to see; empty if everything is there. */
    public Optional<String> hidden() {
        return hidden.isEmpty() ? Optional.empty() : Optional.of(hidden);
    }

    private static CborItem withoutCwtTags(CborItem item) {
        CborItem inner = item;
        while (isCwtTag(inner)) {
            inner = inner.children().get(0);
        }
        return inner;
    }

    private static boolean isCwtTag(CborItem item) {
        return item.is(Kind.TAG) && item.argument() == CWT_TAG;
    }

    private void look(CborItem message) throws CoseException {
        Optional<CoseLayer> layer = CoseLayer.of(message);
        if (layer.isEmpty() || layers.size() == MAX_LAYERS) {
            hidden = layer.isEmpty() ? "not a COSE message" : "COSE messages within one another, too many";
            return;
        }
        layers.add(layer.get());
        boolean outermost = layers.size() == 1 && layer.get().structure() == CoseLayer.Structure.ENCRYPT0;
        decryption = outermost ? CwtDecryption.of(layer.get(), keys, now) : decryption;
        if (outermost && decryption != null && decryption.succeeded()) {
            payload(decryption.plaintext());
        } else if (layer.get().structure().isEncrypted()) {
            hidden = "the claims are encrypted";
        } else if (layer.get().payload().is(Kind.BYTES)) {
            payload(layer.get().payload().content());
        } else {
            hidden = "the payload is not in the token";
        }
    }

    private void payload(byte[] payload) throws CoseException {
        CborItem content = withoutCwtTags(CborItem.read(payload));
        if (content.is(Kind.TAG)) {
            look(content);
        } else if (content.is(Kind.MAP)) {
            claimsSize = payload.length;
            content.entries().stream().map(InspectedClaim::of).forEach(claims::add);
        } else {
            hidden = "the payload is not a map of claims";
        }
    }

    private static boolean startsLikeToken(byte[] token) {
        int first = token.length > 1 ? token[0] & 0xff : 0;
        return SHORT_TAGS.contains(first) || (first == LONG && LONG_TAGS.contains((int) token[1]));
    }
}
