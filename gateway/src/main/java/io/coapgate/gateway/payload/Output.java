package io.coapgate.gateway.payload;

import java.util.Arrays;

/** Bytes that are being written, never more than a limit. */
final class Output {
    private static final int FIRST_CAPACITY = 128;

    private final int limit;
    private byte[] bytes;
    private int length;

    Output(int limit) {
        this.limit = limit;
        this.bytes = new byte[Math.min(limit, FIRST_CAPACITY)];
    }

    void put(int value) throws ConversionException {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void put(byte[] values) throws ConversionException {
        reserve(values.length);
        System.arraycopy(values, 0, bytes, length, values.length);
        length += values.length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) throws ConversionException {
        if (more > limit - length) {
            throw ConversionException.tooLarge("a result of more than " + limit + " bytes");
        }
        if (more > bytes.length - length) {
            long wanted = Math.max(length + (long) more, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, wanted));
        }
    }
}
