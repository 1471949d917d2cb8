package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.ConversionException.inexpressible;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.io.NumberOutput;

/**
 * Numbers that change form without loss. Their size is bounded, so that a few bytes that say 10<sup>1,000,000,000</sup> cost
 * nothing; the bounds are far outside of what a double holds.
 */
final class Numbers {
    /** Of an integer or a mantissa. */
    static final int MAX_DIGITS = 1000;
    /** Of a decimal fraction: the largest power of ten of its first digit, and the smallest. */
    private static final int MAX_EXPONENT = 1000;
    /** Of a bigfloat: what the smallest double needs and somewhat more. */
    private static final int MAX_BINARY_EXPONENT = 1100;
    /** 2<sup>3321</sup> is the largest power of two with 1000 digits. */
    private static final int MAX_BITS = 3321;

    private static final int MAX_EXPONENT_BITS = 32;
    /** Of a JSON number: its digits, sign, point and exponent. */
    private static final int MAX_CHARACTERS = MAX_DIGITS + 24;

    private static final BigInteger FIVE = BigInteger.valueOf(5);

    private Numbers() {}

    static Node whole(BigInteger value) throws ConversionException {
        if (value.bitLength() > MAX_BITS) {
            throw tooLong();
        }
        return new Node.Whole(value);
    }

    static Node real(double value) throws ConversionException {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw inexpressible("NaN or an infinity, which JSON does not have");
        }
        return new Node.Real(value);
    }

    /** mantissa × 10^exponent, RFC 8949 §3.4.4. */
    static Node decimalFraction(BigInteger exponent, BigInteger mantissa) throws ConversionException {
        return decimal(new BigDecimal(mantissa, -small(exponent, Integer.MAX_VALUE)));
    }

    /** mantissa × 2^exponent, RFC 8949 §3.4.4. */
    static Node bigfloat(BigInteger exponent, BigInteger mantissa) throws ConversionException {
        int power = small(exponent, MAX_BINARY_EXPONENT);
        if (power >= 0 || mantissa.signum() == 0) {
            return whole(mantissa.shiftLeft(Math.max(power, 0)));
        }
        int halvings = Math.min(mantissa.getLowestSetBit(), -power);
        int fractionDigits = -power - halvings; // 2^-n is 5^n × 10^-n
        BigInteger digits = mantissa.shiftRight(halvings).multiply(FIVE.pow(fractionDigits));
        return decimal(new BigDecimal(digits, fractionDigits));
    }

    /**
     * A JSON number (RFC 8949 §6.2): one written as an integer is an integer, and
     * any other is a float if the float's own shortest decimal is that number, else a decimal fraction.
     */
    static Node ofJson(String text) throws ConversionException {
        if (text.length() > MAX_CHARACTERS) {
            throw tooLong();
        }
        boolean integer = text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
        if (integer && !text.equals("-0")) {
            return whole(new BigInteger(text));
        }
        double nearest = Double.parseDouble(text);
        BigDecimal exact = parse(text);
        if (exact.signum() == 0) {
            return new Node.Real(nearest); // with its sign
        }
        boolean same = !Double.isInfinite(nearest)
                && new BigDecimal(NumberOutput.toString(nearest, true)).compareTo(exact) == 0;
        return same ? new Node.Real(nearest) : decimal(exact);
    }

    /** The fewest digits that lead a reader back to this double; of several such, the closest. */
    static String shortest(double finite) {
        return lowerCase(NumberOutput.toString(finite, true));
    }

    /** SenML wants a small {@code e} (RFC 8428 §5); JSON takes either. */
    static String lowerCase(String number) {
        return number.replace('E', 'e');
    }

    private static BigDecimal parse(String text) throws ConversionException {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) { // JSON's grammar has been checked, so it is the exponent
            throw tooFar();
        }
    }

    private static Node decimal(BigDecimal value) throws ConversionException {
        if (value.signum() == 0) {
            return new Node.Whole(BigInteger.ZERO);
        }
        long first = (long) value.precision() - value.scale() - 1;
        if (Math.abs(first) > MAX_EXPONENT || Math.abs((long) value.scale()) > 2L * MAX_EXPONENT) {
            throw tooFar();
        }
        if (value.precision() > MAX_DIGITS) {
            throw tooLong();
        }
        return new Node.Decimal(value);
    }

    private static int small(BigInteger exponent, int max) throws ConversionException {
        if (exponent.bitLength() > MAX_EXPONENT_BITS || Math.abs(exponent.longValue()) > max) {
            throw tooFar();
        }
        return exponent.intValue();
    }

    private static ConversionException tooLong() {
        return inexpressible("a number of more than " + MAX_DIGITS + " digits");
    }

    private static ConversionException tooFar() {
        return inexpressible("a number with an exponent beyond ±" + MAX_EXPONENT);
    }
}
