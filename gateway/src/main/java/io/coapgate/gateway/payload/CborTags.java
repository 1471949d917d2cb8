package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.ConversionException.inexpressible;
import static io.coapgate.gateway.payload.ConversionException.malformed;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What JSON makes of a tagged CBOR item (RFC 8949 §3.4 and §6.1): times become RFC 3339 text, big numbers are numbers, byte
 * strings are written as their tag expects, and tags that only say what a text is are left out. Any other tag changes the
 * meaning of its content, which would be lost.
 */
final class CborTags {
    private final CborReader reader;

    CborTags(CborReader reader) {
        this.reader = reader;
    }

    /** @param tag its number, 64 bits without sign */
    Node tagged(long tag, int depth, Base base) throws ConversionException {
        if (tag < 0 || tag > Integer.MAX_VALUE) {
            throw unknown();
        }
        Base inner = switch ((int) tag) {
            case 21 -> Base.BASE64URL;
            case 22 -> Base.BASE64;
            case 23 -> Base.BASE16;
            default -> base;
        };
        Node content = reader.item(depth + 1, inner);
        return switch ((int) tag) {
            case 0 -> Times.checked(text(content));
            case 1 -> Times.ofEpoch(number(content));
            case 2 -> bignum(content);
            case 3 -> negativeBignum(content);
            case 4 -> Numbers.decimalFraction(part(content, 0), part(content, 1));
            case 5 -> Numbers.bigfloat(part(content, 0), part(content, 1));
            case 21, 22, 23, 55_799 -> content;
            case 24 -> bytes(content);
            case 32, 33, 34, 35, 36, 1004 -> text(content);
            default -> throw unknown();
        };
    }

    private static Node bignum(Node content) throws ConversionException {
        return Numbers.whole(new BigInteger(1, bytes(content).value()));
    }

    private static Node negativeBignum(Node content) throws ConversionException {
        return Numbers.whole(new BigInteger(1, bytes(content).value()).not()); // −1 − n
    }

    /** A decimal fraction or bigfloat is an array of exponent and mantissa. */
    private static BigInteger part(Node content, int index) throws ConversionException {
        if (content instanceof Node.Items array
                && array.items().size() == 2
                && array.items().get(index) instanceof Node.Whole part) {
            return part.value();
        }
        throw malformed("a decimal fraction or bigfloat that is not of two integers");
    }

    private static Node.Bytes bytes(Node content) throws ConversionException {
        if (content instanceof Node.Bytes bytes) {
            return bytes;
        }
        throw malformed("a tag for byte strings on something else");
    }

    private static Node.Text text(Node content) throws ConversionException {
        if (content instanceof Node.Text text) {
            return text;
        }
        throw malformed("a tag for texts on something else");
    }

    private static BigDecimal number(Node content) throws ConversionException {
        if (content instanceof Node.Whole whole) {
            return new BigDecimal(whole.value());
        }
        if (content instanceof Node.Real real) {
            return new BigDecimal(Numbers.shortest(real.value()));
        }
        throw malformed("a time that is not an integer or a float");
    }

    private static ConversionException unknown() {
        return inexpressible("a tag whose meaning JSON would lose");
    }
}
