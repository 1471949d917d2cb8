package io.coapgate.gateway.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Writes CBOR in preferred serialization (RFC 8949 §4.1), definite lengths and shortest floats. */
final class CborWriter {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int SIMPLE = 7;

    private static final int HALF = 25;
    private static final int SINGLE = 26;
    private static final int DOUBLE = 27;
    private static final int INDEFINITE = 31;

    private static final int BIGNUM = 2;
    private static final int NEGATIVE_BIGNUM = 3;
    private static final int DECIMAL_FRACTION = 4;

    private final Output out;
    private final MapKeys keys;

    private CborWriter(Output out, MapKeys keys) {
        this.out = out;
        this.keys = keys;
    }

    static byte[] write(Node node, MapKeys keys, int maxBytes) throws ConversionException {
        Output out = new Output(maxBytes);
        node.write(new CborWriter(out, keys));
        return out.toByteArray();
    }

    /** An array of indefinite length, in which a stream of records comes (RFC 8428 §6). */
    static byte[] writeStream(Node.Items records, MapKeys keys, int maxBytes) throws ConversionException {
        Output out = new Output(maxBytes);
        CborWriter cbor = new CborWriter(out, keys);
        cbor.initial(ARRAY, INDEFINITE);
        for (Node record : records.items()) {
            record.write(cbor);
        }
        cbor.initial(SIMPLE, INDEFINITE);
        return out.toByteArray();
    }

    void text(String text) throws ConversionException {
        byte[] utf8 = text.getBytes(UTF_8);
        head(TEXT, utf8.length);
        out.put(utf8);
    }

    void bytes(byte[] bytes) throws ConversionException {
        head(BYTES, bytes.length);
        out.put(bytes);
    }

    /** Major type 0 or 1 where 64 bits suffice, else a bignum (RFC 8949 §3.4.3). */
    void integer(BigInteger value) throws ConversionException {
        boolean negative = value.signum() < 0;
        BigInteger argument = negative ? value.not() : value; // −1 − n
        if (argument.bitLength() <= Long.SIZE) {
            head(negative ? NEGATIVE : UNSIGNED, argument.longValue());
            return;
        }
        head(TAG, negative ? NEGATIVE_BIGNUM : BIGNUM);
        byte[] magnitude = argument.toByteArray();
        int sign = magnitude[0] == 0 ? 1 : 0; // two's complement may need a byte that a magnitude does not
        head(BYTES, magnitude.length - sign);
        for (int i = sign; i < magnitude.length; i++) {
            out.put(magnitude[i]);
        }
    }

    void real(double value) throws ConversionException {
        float single = (float) value;
        if (single != value) {
            initial(SIMPLE, DOUBLE);
            big(Double.doubleToRawLongBits(value), Double.BYTES);
        } else if (HalfFloat.holds(single)) {
            initial(SIMPLE, HALF);
            big(HalfFloat.bits(single), Short.BYTES);
        } else {
            initial(SIMPLE, SINGLE);
            big(Float.floatToRawIntBits(single), Float.BYTES);
        }
    }

    /** Tag 4: an array of exponent and mantissa (RFC 8949 §3.4.4). */
    void decimal(BigDecimal value) throws ConversionException {
        head(TAG, DECIMAL_FRACTION);
        head(ARRAY, 2);
        integer(BigInteger.valueOf(-(long) value.scale()));
        integer(value.unscaledValue());
    }

    void simple(int value) throws ConversionException {
        initial(SIMPLE, value);
    }

    void items(List<Node> items) throws ConversionException {
        head(ARRAY, items.size());
        for (Node item : items) {
            item.write(this);
        }
    }

    void members(Map<String, Node> members) throws ConversionException {
        head(MAP, members.size());
        for (Map.Entry<String, Node> member : members.entrySet()) {
            keys.write(member.getKey(), this);
            member.getValue().write(this);
        }
    }

    private void head(int major, long argument) throws ConversionException {
        if (argument >= 0 && argument < 24) {
            initial(major, (int) argument);
        } else if (argument >>> 8 == 0) {
            initial(major, 24);
            big(argument, 1);
        } else if (argument >>> 16 == 0) {
            initial(major, 25);
            big(argument, 2);
        } else if (argument >>> 32 == 0) {
            initial(major, 26);
            big(argument, 4);
        } else {
            initial(major, 27);
            big(argument, 8);
        }
    }

    private void initial(int major, int info) throws ConversionException {
        out.put(major << 5 | info);
    }

    private void big(long value, int length) throws ConversionException {
        for (int i = length - 1; i >= 0; i--) {
            out.put((int) (value >>> (i * Byte.SIZE)));
        }
    }
}
