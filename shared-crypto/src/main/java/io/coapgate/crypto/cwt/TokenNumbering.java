package io.coapgate.crypto.cwt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How tokens with {@code exi} for one resource server are numbered: {@code cti} is the server's name in UTF-8, and behind it a
 * number that counts them (RFC 9200 §5.10.3). The RFC does not say how the number is written, so both sides have to agree.
 *
 * @param resourceServer 1 to {@value #MAX_NAME_BYTES} bytes in UTF-8
 */
public record TokenNumbering(String resourceServer, Form form) {

    /** The highest number that is given out: four bytes. */
    public static final long MAX_NUMBER = 0xffff_ffffL;

    /** With ten digits behind it, so long a name fits into a {@code cti}. */
    public static final int MAX_NAME_BYTES = CwtId.MAX_BYTES - 10;

    private static final int MAX_DIGITS = 18;

    /** How the number is written. */
    public enum Form {
        /** Big-endian and unsigned: four bytes, and on reading one to eight. */
        BINARY,
        /** Decimal digits in ASCII. */
        DIGITS
    }

    public TokenNumbering {
        requireNonNull(form, "form");
        if (resourceServer.isEmpty() || resourceServer.getBytes(UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a resource server's name has 1 to " + MAX_NAME_BYTES + " bytes");
        }
    }

    /** The identifier of the token with this number, 0 to {@link #MAX_NUMBER}. */
    public CwtId id(long number) {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("no token has the number " + number);
        }
        byte[] name = resourceServer.getBytes(UTF_8);
        byte[] written = form == Form.BINARY
                ? ByteBuffer.allocate(Integer.BYTES).putInt((int) number).array()
                : Long.toString(number).getBytes(US_ASCII);
        return CwtId.of(ByteBuffer.allocate(name.length + written.length)
                .put(name)
                .put(written)
                .array());
    }

    /** The number in an identifier; empty if it is of another server, or has none from 0 to 2⁶³ − 1. */
    public OptionalLong numberOf(CwtId id) {
        byte[] name = resourceServer.getBytes(UTF_8);
        byte[] bytes = id.bytes();
        if (bytes.length <= name.length || !Arrays.equals(name, Arrays.copyOf(bytes, name.length))) {
            return OptionalLong.empty();
        }
        byte[] written = Arrays.copyOfRange(bytes, name.length, bytes.length);
        return form == Form.BINARY ? binary(written) : digits(written);
    }

    private static OptionalLong binary(byte[] written) {
        BigInteger number = new BigInteger(1, written);
        return written.length <= Long.BYTES && number.bitLength() < Long.SIZE
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    private static OptionalLong digits(byte[] written) {
        long number = 0;
        for (byte digit : written) {
            if (digit < '0' || digit > '9' || written.length > MAX_DIGITS) {
                return OptionalLong.empty();
            }
            number = 10 * number + (digit - '0');
        }
        return OptionalLong.of(number);
    }
}
