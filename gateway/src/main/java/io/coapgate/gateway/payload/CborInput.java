package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.ConversionException.malformed;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Moves forward over encoded CBOR, any that is well-formed (RFC 8949 §3 and Appendix C), and never past its end. */
final class CborInput {
    static final int BYTES = 2;
    static final int TEXT = 3;

    /** Instead of a length: chunks or items follow until a break. */
    static final int INDEFINITE = 31;

    private static final int BREAK = 0xff;
    private static final int LONGEST_ARGUMENT = 27;
    private static final int ONE_BYTE = 24;
    private static final char REPLACEMENT = '\ufffd';

    private final byte[] cbor;
    private final Budget budget;
    private int position;

    /** @param budget on which the chunks of strings count */
    CborInput(byte[] cbor, Budget budget) {
        this.cbor = cbor;
        this.budget = budget;
    }

    int next() throws ConversionException {
        if (position >= cbor.length) {
            throw malformed("CBOR that ends too early");
        }
        return cbor[position++] & 0xff;
    }

    /** The next byte, not taken. */
    int peek() throws ConversionException {
        int next = next();
        position--;
        return next;
    }

    boolean isAtEnd() {
        return position == cbor.length;
    }

    /** Takes a break, if that is what comes. */
    boolean takeBreak() throws ConversionException {
        boolean found = peek() == BREAK;
        position += found ? 1 : 0;
        return found;
    }

    /** The argument of a head whose low five bits these are: 64 bits without sign. */
    long argument(int info) throws ConversionException {
        if (info < ONE_BYTE) {
            return info;
        }
        if (info > LONGEST_ARGUMENT) {
            throw malformed("a CBOR head that is reserved, or a length that may not be indefinite");
        }
        return big(1 << (info - ONE_BYTE));
    }

    /** The big-endian number of the next bytes. */
    long big(int length) throws ConversionException {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << Byte.SIZE) | next();
        }
        return value;
    }

    BigInteger unsigned(int info) throws ConversionException {
        long argument = argument(info);
        return argument >= 0
                ? BigInteger.valueOf(argument)
                : BigInteger.valueOf(argument).add(BigInteger.ONE.shiftLeft(Long.SIZE));
    }

    /** A length or count, refused if that many pieces of at least {@code size} bytes can't follow. */
    int count(int info, int size) throws ConversionException {
        long argument = argument(info);
        if (Long.compareUnsigned(argument, (cbor.length - position) / size) > 0) {
            throw malformed("a CBOR length beyond the end");
        }
        return (int) argument;
    }

    /** The rest of a byte string. */
    byte[] bytes(int info) throws ConversionException {
        if (info != INDEFINITE) {
            return definite(info);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        while (!takeBreak()) {
            joined.writeBytes(definite(chunk(BYTES)));
        }
        return joined.toByteArray();
    }

    /** The rest of a text string; each chunk has to be UTF-8 by itself (RFC 8949 §3.2.3). */
    String text(int info) throws ConversionException {
        if (info != INDEFINITE) {
            return utf8(info);
        }
        StringBuilder joined = new StringBuilder();
        while (!takeBreak()) {
            joined.append(utf8(chunk(TEXT)));
        }
        return joined.toString();
    }

    private int chunk(int major) throws ConversionException {
        budget.spend(0);
        int initial = next();
        if (initial >> 5 != major) {
            throw malformed("a CBOR string with a chunk that is none");
        }
        return initial & 0x1f;
    }

    private byte[] definite(int info) throws ConversionException {
        int length = count(info, 1);
        position += length;
        return Arrays.copyOfRange(cbor, position - length, position);
    }

    private String utf8(int info) throws ConversionException {
        int length = count(info, 1);
        int start = position;
        position += length;
        String text = new String(cbor, start, length, UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try { // the character may stand there by right
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(cbor, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("a CBOR text that is not UTF-8");
        }
    }
}
