package io.coapgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One representation.
 *
 * @param headers further ones
 * @param body not copied: nobody changes it
 */
record Page(
        int status,
        String contentType,
        Optional<String> entityTag,
        String cacheControl,
        byte[] body,
        Map<String, String> headers) {
    private static final int OK = 200;
    private static final String NOT_CACHED = "no-store";

    static Page of(String contentType, String body) {
        return of(OK, contentType, body);
    }

    static Page of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(UTF_8));
    }

    static Page of(int status, String contentType, byte[] body) {
        return new Page(status, contentType, Optional.empty(), NOT_CACHED, body, Map.of());
    }

    static Page failure(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text + "\n");
    }

    Page tagged(String tag) {
        return new Page(status, contentType, Optional.of(tag), cacheControl, body, headers);
    }

    Page cached(String directives) {
        return new Page(status, contentType, entityTag, directives, body, headers);
    }

    Page with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Page(status, contentType, entityTag, cacheControl, body, Map.copyOf(more));
    }

    /** RFC 9110 §13.1.2; the comparison is weak, so that a tag which a proxy has weakened still matches. */
    boolean isMatchedBy(String ifNoneMatch) {
        if (entityTag.isEmpty()) {
            return false;
        }
        for (String candidate : ifNoneMatch.split(",", -1)) {
            String tag = candidate.strip();
            if (tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals(entityTag.get())) {
                return true;
            }
        }
        return false;
    }
}
