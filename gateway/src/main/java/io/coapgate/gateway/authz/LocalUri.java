package io.coapgate.gateway.authz;

import io.coapgate.gateway.refusal.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the local URIs of an AIF (RFC 9237 §2.1) as CoAP would send them, so that they compare with requests. */
final class LocalUri {
    private static final int NO_DIGIT = -1;

    private LocalUri() {}

    /**
     * @param text an absolute path and perhaps a query, percent-encoded (RFC 3986 §3.3, §3.4)
     * @throws InvalidPathException for what no request can have, and for broken percent-encoding
     */
    static RequestTarget parse(String text) throws InvalidPathException {
        int question = text.indexOf('?');
        String path = question < 0 ? text : text.substring(0, question);
        List<String> segments =
                path.equals("/") ? List.of() : decoded(path.substring(1).split("/", -1));
        List<String> arguments =
                question < 0 ? List.of() : decoded(text.substring(question + 1).split("&", -1));
        return RequestTarget.of(segments, arguments);
    }

    private static List<String> decoded(String[] parts) throws InvalidPathException {
        List<String> decoded = new ArrayList<>(parts.length);
        for (String part : parts) {
            decoded.add(part.indexOf('%') < 0 ? part : decoded(part));
        }
        return decoded;
    }

    private static String decoded(String part) throws InvalidPathException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                bytes.write(octet(part, i + 1));
                i += 2;
            } else {
                bytes.write(c); // ASCII, as every AIF's
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
    }

    private static int octet(String part, int at) throws InvalidPathException {
        int high = at + 1 < part.length() ? Character.digit(part.charAt(at), 16) : NO_DIGIT;
        int low = high == NO_DIGIT ? NO_DIGIT : Character.digit(part.charAt(at + 1), 16);
        if (low == NO_DIGIT) {
            throw broken();
        }
        return high << 4 | low;
    }

    private static InvalidPathException broken() {
        return new InvalidPathException(Refusal.PATH_INVALID, "broken percent-encoding");
    }
}
