package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;
import static io.coapgate.crypto.cose.CoseException.Reason.TOO_LARGE;
import static io.coapgate.crypto.cose.CoseException.Reason.WRONG_STRUCTURE;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A COSE_KeySet (RFC 9052 §7) of public keys: what an authorization server publishes, and its resource servers verify
 * with. Immutable.
 *
 * <p>It is an array of one COSE_Key at least. A key that can't be used here, be it malformed or of another kind, is left
 * out and does not spoil the others, as that section asks. A set with a secret in it is refused as a whole: whoever
 * published it has made a mistake that no part of it can be trusted after.
 */
public final class CoseKeySet {
    /** The media type (RFC 9052 §11.3.2). */
    public static final String MEDIA_TYPE = "application/cose-key-set";

    /** Bytes of the longest set that is read. */
    public static final int MAX_BYTES = StrictCbor.MAX_BYTES;

    /** Keys of the largest set that is read. */
    public static final int MAX_KEYS = 64;

    /** RFC 8230 §4: the key type of RSA, and its private exponent. */
    private static final int RSA = 3;

    private static final int RSA_D = -3;

    private final List<CoseKey> keys;

    private CoseKeySet(List<CoseKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * A set of these keys, in their order.
     *
     * @throws IllegalArgumentException if there is none, or one with a private or secret part
     */
    public static CoseKeySet ofPublicKeys(List<CoseKey> keys) {
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a set has 1 to " + MAX_KEYS + " keys");
        }
        for (CoseKey key : keys) {
            if (key.privateKey().isPresent() || key.secret().isPresent()) {
                throw new IllegalArgumentException("a secret is not for publication");
            }
        }
        return new CoseKeySet(keys);
    }

    /**
     * Decodes one set of public keys and nothing after it, of at most {@code maxBytes}.
     *
     * @throws CoseException {@code TOO_LARGE}, {@code MALFORMED}, {@code WRONG_STRUCTURE}; {@code INVALID_KEY} if one of
     *     the keys is symmetric or carries its private part
     */
    public static CoseKeySet decodePublic(byte[] encoded, int maxBytes) throws CoseException {
        CBORObject array = StrictCbor.decode(encoded, maxBytes);
        if (array.getType() != CBORType.Array || array.size() == 0) {
            throw new CoseException(WRONG_STRUCTURE, "a key set that is not an array of keys");
        }
        if (array.size() > MAX_KEYS) {
            throw new CoseException(TOO_LARGE, "a set of more than " + MAX_KEYS + " keys");
        }
        List<CoseKey> keys = new ArrayList<>();
        for (CBORObject element : array.getValues()) {
            requirePublic(element);
            readable(element).ifPresent(keys::add);
        }
        return new CoseKeySet(keys);
    }

    /** The keys that can be used, in the order of the set; may be empty. */
    public List<CoseKey> keys() {
        return keys;
    }

    /** Encodes the set. */
    public byte[] encode() {
        CBORObject array = CBORObject.NewArray();
        keys.forEach(key -> array.Add(key.toCbor()));
        return StrictCbor.encode(array);
    }

    private static Optional<CoseKey> readable(CBORObject element) {
        try {
            return Optional.of(CoseKey.ofCbor(element));
        } catch (CoseException e) {
            return Optional.empty(); // "that key is ignored, and the other keys are processed normally" (RFC 9052 §7)
        }
    }

    /** Of every key, even one that can't be used for another reason. */
    private static void requirePublic(CBORObject element) throws CoseException {
        if (element.getType() != CBORType.Map) {
            return;
        }
        Optional<CBORObject> type = StrictCbor.get(element, CoseKeyReader.KTY);
        boolean symmetric = type.filter(CBORObject.FromObject(CoseKey.Type.SYMMETRIC.id())::equals)
                .isPresent();
        boolean rsa = type.filter(CBORObject.FromObject(RSA)::equals).isPresent();
        if (symmetric || StrictCbor.get(element, rsa ? RSA_D : CoseKeyReader.D).isPresent()) {
            throw new CoseException(INVALID_KEY, "secret key material in a set of public keys");
        }
    }

    @Override
    public String toString() {
        return "CoseKeySet" + keys;
    }
}
