package io.coapgate.crypto.cose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Moves forward over CBOR that {@link CborScan} has let through, which is why nothing here checks that a length is in
 * range or in its shortest form, or that an item is followed by another where there has to be one.
 */
final class CborCursor {

    private static final int UNSIGNED = 0;
    private static final int BYTES = 2;
    private static final int ARRAY = 4;
    private static final int MAP = 5;

    private static final int ARGUMENT = 0x1f;

    /** Arguments below it stand in the head's own byte. */
    private static final int ONE_BYTE = 24;

    /** What a lenient decoder puts for bytes that are not UTF-8, and what may stand in a text by right. */
    private static final char REPLACEMENT = '\ufffd';

    private final byte[] cbor;
    private int position;

    CborCursor(byte[] scanned, int from) {
        this.cbor = scanned;
        this.position = from;
    }

    /** The major type of the next item. */
    int major() {
        return (cbor[position] & 0xff) >> 5;
    }

    /** The low five bits of the next item's head: its argument, or how long that is. */
    int info() {
        return cbor[position] & ARGUMENT;
    }

    /** Takes a head and tells its argument, of 64 bits without sign. */
    long head() {
        int info = cbor[position++] & ARGUMENT;
        if (info < ONE_BYTE) {
            return info;
        }
        long argument = 0;
        for (int i = 1 << (info - ONE_BYTE); i > 0; i--) {
            argument = (argument << Byte.SIZE) | (cbor[position++] & 0xff);
        }
        return argument;
    }

    /** Takes a byte string, which the next item has to be. */
    byte[] bytes() {
        int length = (int) head();
        position += length;
        return Arrays.copyOfRange(cbor, position - length, position);
    }

    /** Takes a text, which the next item has to be; its bytes the scan has not looked at. */
    String text() throws CharacterCodingException {
        int length = (int) head();
        int start = position;
        position += length;
        String text = new String(cbor, start, length, UTF_8);
        return text.indexOf(REPLACEMENT) < 0
                ? text
                : UTF_8.newDecoder()
                        .decode(ByteBuffer.wrap(cbor, start, length))
                        .toString();
    }

    /** Takes the head of an array of so many items, if the next item is one. */
    boolean arrayOf(int count) {
        return major() == ARRAY && info() == count && head() == count;
    }

    /** Takes the head of a map and tells its number of pairs; -1 if the next item is no map. */
    int ifMap() {
        return major() == MAP ? (int) head() : -1;
    }

    /** Takes an unsigned integer that its head has room for; -1 if the next item is something else. */
    int ifSmall() {
        return major() == UNSIGNED && info() < ONE_BYTE ? (int) head() : -1;
    }

    /** Takes a byte string; null if the next item is something else. */
    byte @Nullable [] ifBytes() {
        return major() == BYTES ? bytes() : null;
    }
}
