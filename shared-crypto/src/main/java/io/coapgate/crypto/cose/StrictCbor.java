package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.TOO_LARGE;
import static io.coapgate.crypto.cose.CoseException.Reason.WRONG_STRUCTURE;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.util.Optional;

/**
 * The one gate through which all CBOR from outside passes.
 *
 * <p>The rule: exactly one item in preferred serialization (RFC 8949 §4.1) and nothing after it. Lengths are definite;
 * integers, lengths and floats take their shortest form; text is valid UTF-8; map keys are unique but need no order; the
 * only simple values are false, true and null; tags are refused, save those that a COSE message begins with. Nesting
 * deeper than 16, more than 2048 items or more bytes than the caller allows are refused before anything is built.
 *
 * <p>One value thus has one encoding but for the order of map keys, which leaves two parsers little to disagree on. The
 * price is that an encoder which streams with indefinite lengths is not understood.
 */
public final class StrictCbor {

    /** No caller can allow more bytes than this. */
    public static final int MAX_BYTES = 65_535;

    private static final CBOREncodeOptions OPTIONS = new CBOREncodeOptions(
            "allowduplicatekeys=false;allowempty=false;ctap2canonical=false;resolvereferences=false");

    private StrictCbor() {}

    /**
     * Decodes one untagged item.
     *
     * @throws CoseException {@code TOO_LARGE} or {@code MALFORMED}
     */
    public static CBORObject decode(byte[] encoded, int maxBytes) throws CoseException {
        requireSize(encoded, maxBytes);
        CborScan.requireStrict(encoded, 0);
        return CborBuilder.build(encoded, 0);
    }

    /** Decodes one map, as {@link #decode}; {@code WRONG_STRUCTURE} if it is something else. */
    public static CBORObject decodeMap(byte[] encoded, int maxBytes) throws CoseException {
        CBORObject decoded = decode(encoded, maxBytes);
        if (decoded.getType() != CBORType.Map) {
            throw new CoseException(WRONG_STRUCTURE, "CBOR that is not a map");
        }
        return decoded;
    }

    /** Encodes in preferred serialization, with the keys of maps in the order of RFC 8949 §4.2.1. */
    public static byte[] encode(CBORObject value) {
        return value.EncodeToBytes(OPTIONS);
    }

    /** The value of an integer map key, if the map has it. */
    public static Optional<CBORObject> get(CBORObject map, long label) {
        return Optional.ofNullable(map.get(CBORObject.FromObject(label)));
    }

    static void requireSize(byte[] encoded, int maxBytes) throws CoseException {
        if (encoded.length > Math.min(maxBytes, MAX_BYTES)) {
            throw new CoseException(TOO_LARGE, "more bytes than allowed");
        }
    }
}
