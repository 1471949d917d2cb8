package io.coapgate.gateway.authz;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Percent-encoding of RFC 3986 §2.1, as RFC 7252 §6.5 asks for it and stricter where HTTP services read more into a
 * character than the device has said: what it sent is data, and no delimiter (RFC 3986 §2.2).
 */
final class PercentEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    /**
     * Without {@code ;}: servlet containers cut a segment there before they look for dot segments and match, so that
     * {@code ..;} would lead up, and {@code admin;x} to {@code admin} past the route that guards it.
     */
    private static final BitSet SEGMENT = characters("-._~!$&'()*+,=:@");
    /** Without {@code &} and {@code ;}, which separate arguments, and {@code +}, which readers of forms take for a space. */
    private static final BitSet QUERY_ARGUMENT = characters("-._~!$'()*,=:@/?");

    private PercentEncoding() {}

    static String segment(String segment) {
        return encode(segment, SEGMENT);
    }

    static String queryArgument(String argument) {
        return encode(argument, QUERY_ARGUMENT);
    }

    private static String encode(String text, BitSet literal) {
        if (isLiteral(text, literal)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (literal.get(c)) {
                encoded.append((char) c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return encoded.toString();
    }

    private static boolean isLiteral(String text, BitSet literal) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128 || !literal.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static BitSet characters(String others) {
        BitSet set = new BitSet(128);
        set.set('A', 'Z' + 1);
        set.set('a', 'z' + 1);
        set.set('0', '9' + 1);
        others.chars().forEach(set::set);
        return set;
    }
}
