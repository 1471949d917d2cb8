package io.coapgate.crypto.key;

import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;

import java.util.Arrays;

/** Reads DER elements one after the other: definite, minimal lengths up to 65,535 bytes and one-byte tags only. */
final class DerReader {

    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] der;
    private int position;

    DerReader(byte[] der) {
        this.der = der;
    }

    boolean atEnd() {
        return position == der.length;
    }

    boolean nextIs(int tag) {
        return !atEnd() && (der[position] & 0xff) == tag;
    }

    /** The content of the next element, which must have this tag. */
    byte[] read(int tag) throws KeyFormatException {
        if (!nextIs(tag)) {
            throw malformed();
        }
        position++;
        int length = readLength();
        if (length > der.length - position) {
            throw malformed();
        }
        byte[] content = Arrays.copyOfRange(der, position, position + length);
        position += length;
        return content;
    }

    /** A reader of what is inside the next element, which must have this tag. */
    DerReader enter(int tag) throws KeyFormatException {
        return new DerReader(read(tag));
    }

    /** The content of the next element, a bit string of whole bytes. */
    byte[] readBitString() throws KeyFormatException {
        byte[] content = read(BIT_STRING);
        if (content.length == 0 || content[0] != 0) {
            throw malformed();
        }
        return Arrays.copyOfRange(content, 1, content.length);
    }

    void requireEnd() throws KeyFormatException {
        if (!atEnd()) {
            throw malformed();
        }
    }

    private int readLength() throws KeyFormatException {
        int first = readByte();
        if (first < 0x80) {
            return first;
        }
        if (first == 0x81) {
            return atLeast(0x80, readByte());
        }
        if (first == 0x82) {
            return atLeast(0x100, (readByte() << 8) | readByte());
        }
        throw malformed();
    }

    private static int atLeast(int minimum, int length) throws KeyFormatException {
        if (length < minimum) {
            throw malformed();
        }
        return length;
    }

    private int readByte() throws KeyFormatException {
        if (atEnd()) {
            throw malformed();
        }
        return der[position++] & 0xff;
    }

    private static KeyFormatException malformed() {
        return new KeyFormatException(MALFORMED, "the DER inside is not that of a key");
    }
}
