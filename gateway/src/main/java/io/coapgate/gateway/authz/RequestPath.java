package io.coapgate.gateway.authz;

import io.coapgate.gateway.refusal.Refusal;
import java.util.List;
import java.util.Locale;

/**
 * A device's Uri-Path that is safe to match and to send. Routes are matched on exactly these segments, and {@link
 * #encoded()} is exactly what goes upstream, so that no two parties can read it differently.
 */
public final class RequestPath {
    private static final int MAX_SEGMENTS = 32;

    private final List<String> segments;
    private final String encoded;

    private RequestPath(List<String> segments, String encoded) {
        this.segments = segments;
        this.encoded = encoded;
    }

    /**
     * Checks the values of the Uri-Path options (RFC 7252 §5.10.1), which are not percent-encoded.
     *
     * @throws InvalidPathException for dot segments, empty segments, slashes and backslashes plain or encoded, and
     *     control characters: whatever an upstream might decode, merge or cut differently
     */
    public static RequestPath of(List<String> segments) throws InvalidPathException {
        if (segments.size() > MAX_SEGMENTS) {
            throw new InvalidPathException(Refusal.PATH_INVALID, "more than " + MAX_SEGMENTS + " segments");
        }
        StringBuilder encoded = new StringBuilder(64);
        for (String segment : segments) {
            check(segment);
            encoded.append('/').append(PercentEncoding.segment(segment));
        }
        return new RequestPath(List.copyOf(segments), encoded.isEmpty() ? "/" : encoded.toString());
    }

    private static void check(String segment) throws InvalidPathException {
        if (segment.isEmpty()) {
            throw new InvalidPathException(Refusal.PATH_INVALID, "empty segment");
        }
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '/' || c == '\\' || Character.isISOControl(c)) {
                throw new InvalidPathException(
                        Refusal.PATH_INVALID, "slash, backslash or control character in a segment");
            }
            if (Character.isSurrogate(c) || c == '\ufffd') {
                i = checkedPair(segment, i);
            }
        }
        // A literal '%' would be sent as %25; an upstream that decodes twice would still see what is refused here.
        if (segment.indexOf('%') >= 0 && isDangerousWhenDecoded(segment.toLowerCase(Locale.ROOT))) {
            throw new InvalidPathException(
                    Refusal.PATH_INVALID, "encoded dot, slash, backslash or control character in a segment");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw new InvalidPathException(Refusal.PATH_INVALID, "dot segment");
        }
    }

    /** U+FFFD stands where the wire had something that is not UTF-8; a lone surrogate has no UTF-8 at all. */
    private static int checkedPair(String segment, int i) throws InvalidPathException {
        boolean pair = Character.isHighSurrogate(segment.charAt(i))
                && i + 1 < segment.length()
                && Character.isLowSurrogate(segment.charAt(i + 1));
        if (!pair) {
            throw new InvalidPathException(Refusal.PATH_INVALID, "not UTF-8");
        }
        return i + 1;
    }

    private static boolean isDangerousWhenDecoded(String lower) {
        return lower.contains("%2f")
                || lower.contains("%5c")
                || lower.contains("%2e")
                || lower.contains("%25")
                || lower.contains("%7f")
                || lower.contains("%0")
                || lower.contains("%1");
    }

    /** Decoded, in order; empty for the root. */
    public List<String> segments() {
        return segments;
    }

    /** The absolute path in RFC 3986 form. */
    public String encoded() {
        return encoded;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RequestPath other && encoded.equals(other.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    @Override
    public String toString() {
        return encoded;
    }
}
