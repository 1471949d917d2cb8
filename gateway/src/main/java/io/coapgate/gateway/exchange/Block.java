package io.coapgate.gateway.exchange;

/**
 * One block of a body, RFC 7959 §2.2.
 *
 * @param number from 0
 * @param size in bytes, a power of two from 16 to 1024
 * @param more in an answer, whether others follow
 */
public record Block(int number, int size, boolean more) {
    public static final int MIN_SIZE = 16;
    public static final int MAX_SIZE = 1024;
    private static final int MAX_NUMBER = (1 << 20) - 1;

    public Block {
        if (size < MIN_SIZE || size > MAX_SIZE || Integer.bitCount(size) != 1 || number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("not a block");
        }
    }

    /** Where it begins in the body. */
    public long offset() {
        return (long) number * size;
    }
}
