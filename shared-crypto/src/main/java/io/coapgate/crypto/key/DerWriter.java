package io.coapgate.crypto.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Writes single DER elements (X.690), each as the bytes that the next one is made of. */
final class DerWriter {

    private static final int BOOLEAN = 0x01;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SET = 0x31;

    private static final int FIRST_YEAR_OF_GENERALIZED_TIME = 2050; // RFC 5280 §4.1.2.5
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter GENERALIZED = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

    private DerWriter() {}

    /** An element with this tag around the concatenated contents. */
    static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(element, content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    static byte[] sequence(byte[]... elements) {
        return element(DerReader.SEQUENCE, elements);
    }

    static byte[] set(byte[] element) {
        return element(SET, element);
    }

    static byte[] integer(BigInteger value) {
        return element(DerReader.INTEGER, value.toByteArray());
    }

    static byte[] trueValue() {
        return element(BOOLEAN, new byte[] {(byte) 0xff});
    }

    /** @param content the identifier's own encoding, in hexadecimal */
    static byte[] objectIdentifier(String content) {
        return element(DerReader.OBJECT_IDENTIFIER, HexFormat.of().parseHex(content));
    }

    static byte[] octetString(byte[] content) {
        return element(DerReader.OCTET_STRING, content);
    }

    /** @param unusedBits how many bits at the end do not count */
    static byte[] bitString(int unusedBits, byte... content) {
        return element(DerReader.BIT_STRING, new byte[] {(byte) unusedBits}, content);
    }

    static byte[] utf8(String text) {
        return element(UTF8_STRING, text.getBytes(UTF_8));
    }

    /** Whole seconds; UTCTime until 2049 and GeneralizedTime from then on, as certificates want it. */
    static byte[] time(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        return time.getYear() < FIRST_YEAR_OF_GENERALIZED_TIME
                ? element(UTC_TIME, UTC.format(time).getBytes(US_ASCII))
                : element(GENERALIZED_TIME, GENERALIZED.format(time).getBytes(US_ASCII));
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else if (length < 0x10000) {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        } else {
            throw new IllegalArgumentException("a DER element of more than 65,535 bytes");
        }
    }
}
