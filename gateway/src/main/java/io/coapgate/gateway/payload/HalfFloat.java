package io.coapgate.gateway.payload;

/** The 16-bit floats of IEEE 754, of which Java 17 knows nothing. */
final class HalfFloat {
    private static final float LARGEST = 65_504f;
    private static final float SMALLEST_NORMAL = 0x1p-14f;
    private static final float STEP = 0x1p-24f;

    private static final int MANTISSA_BITS = 10;
    private static final int DROPPED_BITS = 13;
    private static final int EXPONENT_BITS = 5;
    private static final int SPECIAL = (1 << EXPONENT_BITS) - 1;
    private static final int BIAS_DIFFERENCE = 127 - 15;
    private static final int SIGN = 1 << 15;

    private HalfFloat() {}

    /** Whether a 16-bit float is this finite value exactly. */
    static boolean holds(float value) {
        float size = Math.abs(value);
        if (size < SMALLEST_NORMAL) {
            float steps = size / STEP; // exact: a power of two, and nothing underflows
            return steps == (int) steps;
        }
        return size <= LARGEST && (Float.floatToRawIntBits(value) & ((1 << DROPPED_BITS) - 1)) == 0;
    }

    /** @param value one that {@link #holds} */
    static int bits(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
        float size = Math.abs(value);
        if (size < SMALLEST_NORMAL) {
            return sign | (int) (size / STEP);
        }
        int rebiased = Float.floatToRawIntBits(size) - (BIAS_DIFFERENCE << (MANTISSA_BITS + DROPPED_BITS));
        return sign | rebiased >>> DROPPED_BITS;
    }

    static double value(int bits) {
        int exponent = bits >>> MANTISSA_BITS & SPECIAL;
        int mantissa = bits & ((1 << MANTISSA_BITS) - 1);
        double size = switch (exponent) {
            case 0 -> mantissa * (double) STEP;
            case SPECIAL -> mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb(mantissa + (double) (1 << MANTISSA_BITS), exponent - 25);
        };
        return (bits & SIGN) == 0 ? size : -size;
    }
}
