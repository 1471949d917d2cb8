package io.coapgate.crypto.cose;

/** The 16-bit floats of IEEE 754, of which Java 17 knows nothing. */
final class HalfFloat {

    private static final float LARGEST = 65_504f;
    private static final float SMALLEST_NORMAL = 0x1p-14f;
    private static final float SMALLEST = 0x1p-24f;
    private static final int DROPPED_MANTISSA = (1 << 13) - 1;

    private HalfFloat() {}

    /** Whether a 16-bit float holds this value exactly. */
    static boolean holds(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
            return true;
        }
        float size = Math.abs(value);
        if (size < SMALLEST_NORMAL) {
            float steps = size / SMALLEST; // exact: a division by a power of two that does not underflow
            return steps >= 1 && steps == (int) steps;
        }
        return size <= LARGEST && (Float.floatToRawIntBits(value) & DROPPED_MANTISSA) == 0;
    }
}
