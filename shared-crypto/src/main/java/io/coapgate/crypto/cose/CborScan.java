package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.MALFORMED;
import static io.coapgate.crypto.cose.CoseException.Reason.TOO_LARGE;

/**
 * Walks once over encoded CBOR and refuses what the strict rule of {@link StrictCbor} does, building nothing.
 *
 * <p>What it lets through costs the library little: lengths fit into the input, nesting and items are capped, and there
 * are no tags, whose meaning (big numbers, decimal fractions) the library would compute.
 */
final class CborScan {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_ITEMS = 2048;

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int SIMPLE = 7;

    private static final int FALSE = 20;
    private static final int NULL = 22;

    private final byte[] cbor;
    private int position;
    private int items;

    private CborScan(byte[] cbor, int from) {
        this.cbor = cbor;
        this.position = from;
    }

    /** Refuses anything but exactly one strictly encoded item from {@code from} to the end. */
    static void requireStrict(byte[] cbor, int from) throws CoseException {
        CborScan scan = new CborScan(cbor, from);
        scan.item(0);
        if (scan.position != cbor.length) {
            throw malformed("bytes after the end of the CBOR item");
        }
    }

    private void item(int depth) throws CoseException {
        if (depth > MAX_DEPTH || ++items > MAX_ITEMS) {
            throw new CoseException(TOO_LARGE, "CBOR nested deeper or with more items than allowed");
        }
        int initial = next();
        int major = initial >> 5;
        int info = initial & 0x1f;
        switch (major) {
            case UNSIGNED, NEGATIVE -> argument(info);
            case BYTES, TEXT -> skip(count(argument(info), 1));
            case ARRAY -> children(count(argument(info), 1), depth);
            case MAP -> children(2 * count(argument(info), 2), depth);
            case SIMPLE -> simple(info);
            default -> throw malformed("a CBOR tag where none may be");
        }
    }

    private void children(int count, int depth) throws CoseException {
        for (int i = 0; i < count; i++) {
            item(depth + 1);
        }
    }

    private void simple(int info) throws CoseException {
        switch (info) {
            case 25 -> big(2);
            case 26 -> requireShortest(Float.intBitsToFloat((int) big(4)));
            case 27 -> requireShortest(Double.longBitsToDouble(big(8)));
            default -> {
                if (info < FALSE || info > NULL) {
                    throw malformed("a CBOR simple value other than false, true and null");
                }
            }
        }
    }

    /** A number that the next smaller format holds exactly must be in that one; NaN has only its half form. */
    private static void requireShortest(double value) throws CoseException {
        if (Double.isNaN(value) || Double.isInfinite(value) || (float) value == value) {
            throw malformed("a CBOR float that is longer than it needs to be");
        }
    }

    private static void requireShortest(float value) throws CoseException {
        if (HalfFloat.holds(value)) {
            throw malformed("a CBOR float that is longer than it needs to be");
        }
    }

    private long argument(int info) throws CoseException {
        return switch (info) {
            case 24 -> atLeast(24, big(1));
            case 25 -> atLeast(1L << 8, big(2));
            case 26 -> atLeast(1L << 16, big(4));
            case 27 -> atLeast(1L << 32, big(8));
            case 28, 29, 30, 31 -> throw malformed("an indefinite or reserved CBOR length");
            default -> info;
        };
    }

    private static long atLeast(long minimum, long argument) throws CoseException {
        if (Long.compareUnsigned(argument, minimum) < 0) {
            throw malformed("a CBOR integer or length that is longer than it needs to be");
        }
        return argument;
    }

    /** A length or count, refused if that many pieces of at least {@code size} bytes can't follow. */
    private int count(long argument, int size) throws CoseException {
        if (Long.compareUnsigned(argument, (cbor.length - position) / size) > 0) {
            throw malformed("a CBOR length beyond the end of the input");
        }
        return (int) argument;
    }

    private void skip(int length) {
        position += length;
    }

    private long big(int length) throws CoseException {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | next();
        }
        return value;
    }

    private int next() throws CoseException {
        if (position >= cbor.length) {
            throw malformed("CBOR that ends too early");
        }
        return cbor[position++] & 0xff;
    }

    private static CoseException malformed(String message) {
        return new CoseException(MALFORMED, message);
    }
}
