package io.coapgate.gateway.payload;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one media type with its parameters, quoted or not, from left to right (RFC 9110 §5.6.6 and §8.3.1). */
final class MediaTypeParser {
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_PARAMETERS = 16;

    private final String text;
    private int position;

    MediaTypeParser(String text) {
        this.text = text;
    }

    Optional<MediaType> parse() {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        skipSpace();
        String type = token();
        if (type.isEmpty() || !take('/')) {
            return Optional.empty();
        }
        String subtype = token();
        skipSpace();
        if (subtype.isEmpty()) {
            return Optional.empty();
        }
        return parameters().map(found -> new MediaType(MediaType.lower(type + "/" + subtype), found));
    }

    private Optional<SortedMap<String, String>> parameters() {
        SortedMap<String, String> parameters = new TreeMap<>();
        while (take(';')) {
            skipSpace();
            String name = MediaType.lower(token());
            if (name.isEmpty()) {
                continue; // RFC 9110 §5.6.6 lets a parameter be missing between two semicolons
            }
            Optional<String> value = take('=') ? value() : Optional.empty();
            if (value.isEmpty() || parameters.size() == MAX_PARAMETERS) {
                return Optional.empty();
            }
            String known = name.equals(MediaType.CHARSET) ? MediaType.lower(value.get()) : value.get();
            if (parameters.put(name, known) != null) {
                return Optional.empty();
            }
            skipSpace();
        }
        return position == text.length() ? Optional.of(parameters) : Optional.empty();
    }

    private Optional<String> value() {
        if (take('"')) {
            return quoted();
        }
        String token = token();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private Optional<String> quoted() {
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return Optional.of(value.toString());
            }
            if (c == '\\' && position < text.length()) {
                c = text.charAt(position++);
            }
            value.append(c);
        }
        return Optional.empty();
    }

    private String token() {
        int start = position;
        while (position < text.length() && MediaType.isTokenCharacter(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private boolean take(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
    }
}
