package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.MALFORMED;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.numbers.EInteger;
import java.nio.charset.CharacterCodingException;

/**
 * Builds the CBOR library's object of bytes that {@link CborScan} has let through: what is left to refuse is a duplicate
 * key and a text that is not UTF-8. The library's own reader, made for all of CBOR and for streams, takes twice as long.
 */
final class CborBuilder {

    private static final int FALSE = 20;
    private static final int TRUE = 21;
    private static final int NULL = 22;

    private final CborCursor cursor;

    private CborBuilder(CborCursor cursor) {
        this.cursor = cursor;
    }

    static CBORObject build(byte[] scanned, int from) throws CoseException {
        try {
            return new CborBuilder(new CborCursor(scanned, from)).item();
        } catch (CharacterCodingException e) {
            throw new CoseException(MALFORMED, "CBOR with text that is not UTF-8");
        }
    }

    private CBORObject item() throws CoseException, CharacterCodingException {
        return switch (cursor.major()) {
            case 0 -> unsigned(cursor.head());
            case 1 -> negative(cursor.head());
            case 2 -> CBORObject.FromObject(cursor.bytes());
            case 3 -> CBORObject.FromObject(cursor.text());
            case 4 -> array((int) cursor.head());
            case 5 -> map((int) cursor.head());
            default -> simple(cursor.info());
        };
    }

    private static CBORObject unsigned(long argument) {
        return argument >= 0
                ? CBORObject.FromObject(argument)
                : CBORObject.FromObject(EInteger.FromInt64AsUnsigned(argument));
    }

    /** −1 − argument, which is the argument's complement (RFC 8949 §3.1). */
    private static CBORObject negative(long argument) {
        return argument >= 0
                ? CBORObject.FromObject(~argument)
                : CBORObject.FromObject(
                        EInteger.FromInt64AsUnsigned(argument).Add(1).Negate());
    }

    private CBORObject array(int count) throws CoseException, CharacterCodingException {
        CBORObject array = CBORObject.NewArray();
        for (int i = 0; i < count; i++) {
            array.Add(item());
        }
        return array;
    }

    private CBORObject map(int pairs) throws CoseException, CharacterCodingException {
        CBORObject map = CBORObject.NewMap();
        for (int i = 0; i < pairs; i++) {
            CBORObject key = item();
            map.set(key, item());
            if (map.size() == i) {
                throw new CoseException(MALFORMED, "CBOR with duplicate keys");
            }
        }
        return map;
    }

    private CBORObject simple(int info) {
        long argument = cursor.head();
        return switch (info) {
            case FALSE -> CBORObject.False;
            case TRUE -> CBORObject.True;
            case NULL -> CBORObject.Null;
            default -> CBORObject.FromFloatingPointBits(argument, 1 << (info - 24));
        };
    }
}
