package io.coapgate.gateway.payload;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A media type as HTTP writes it (RFC 9110 §8.3.1).
 *
 * @param essence type and subtype in lower case
 * @param parameters by name in lower case, values without their quotes; a charset's in lower case, others as they came
 */
record MediaType(String essence, SortedMap<String, String> parameters) {
    static final String CHARSET = "charset";

    private static final String JSON_SUFFIX = "+json";
    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    MediaType {
        requireNonNull(essence, "essence");
        requireNonNull(parameters, "parameters");
    }

    /** Empty if the text is no media type, repeats a parameter, or is longer than any that the gateway will read. */
    static Optional<MediaType> parse(String text) {
        return new MediaTypeParser(text).parse();
    }

    /** Whether the structured syntax is JSON (RFC 6839 §3.1). */
    boolean isJson() {
        return essence.equals("application/json") || essence.endsWith(JSON_SUFFIX);
    }

    /** The charset, {@code utf-8} if none is named: all registered textual types default to it or to a subset. */
    boolean isUtf8() {
        String charset = parameters.getOrDefault(CHARSET, "utf-8");
        return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
    }

    /** RFC 9110 §5.6.2. */
    static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether both have the same of these parameters, with the same values. */
    boolean agrees(MediaType other, Set<String> names) {
        for (String name : names) {
            if (!Objects.equals(parameters.get(name), other.parameters.get(name))) {
                return false;
            }
        }
        return true;
    }
}
