package io.coapgate.crypto.cose;

import java.util.Arrays;

/** Writes the few CBOR items that a Sig_structure or MAC_structure is made of, in one buffer and without objects. */
final class CborBytes {

    private static final int BYTES = 0x40;
    private static final int TEXT = 0x60;
    private static final int ARRAY = 0x80;

    private final byte[] buffer;
    private int length;

    /** A writer with room for this many bytes, which the caller knows to suffice. */
    CborBytes(int capacity) {
        this.buffer = new byte[capacity];
    }

    CborBytes arrayOf(int count) {
        head(ARRAY, count);
        return this;
    }

    CborBytes text(byte[] utf8) {
        head(TEXT, utf8.length);
        return append(utf8);
    }

    CborBytes bytes(byte[] bytes) {
        head(BYTES, bytes.length);
        return append(bytes);
    }

    byte[] toByteArray() {
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    private CborBytes append(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    private void head(int major, int argument) {
        if (argument < 24) {
            put(major | argument);
        } else if (argument < 1 << 8) {
            put(major | 24);
            put(argument);
        } else if (argument < 1 << 16) {
            put(major | 25);
            put(argument >> 8);
            put(argument);
        } else {
            put(major | 26);
            put(argument >> 24);
            put(argument >> 16);
            put(argument >> 8);
            put(argument);
        }
    }

    private void put(int value) {
        buffer[length++] = (byte) value;
    }
}
