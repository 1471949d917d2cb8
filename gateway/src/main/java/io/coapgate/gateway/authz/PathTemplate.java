package io.coapgate.gateway.authz;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * Which paths a route takes: literal segments, {@code {name}} for any one segment, and at the end {@code **} for any
 * number of further segments, none included. For example {@code /telemetry}, {@code /sensors/{sensor}/readings},
 * {@code /files/**}.
 *
 * @param segments the template's parts between the slashes
 */
public record PathTemplate(List<String> segments) {
    static final String REST = "**";

    public PathTemplate {
        segments = List.copyOf(segments);
        for (int i = 0; i < segments.size(); i++) {
            check(segments.get(i), i == segments.size() - 1);
        }
    }

    /** @throws IllegalArgumentException if it does not start with a slash or has a part of unknown form */
    public static PathTemplate parse(String text) {
        requireNonNull(text, "text");
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with /");
        }
        return text.equals("/")
                ? new PathTemplate(List.of())
                : new PathTemplate(Arrays.asList(text.substring(1).split("/", -1)));
    }

    private static void check(String segment, boolean last) {
        if (segment.equals(REST)) {
            if (!last) {
                throw new IllegalArgumentException("** stands only at the end of a path");
            }
        } else if (segment.startsWith("{")) {
            if (!segment.matches("\\{[a-z][a-z0-9-]*}")) {
                throw new IllegalArgumentException("a variable segment is {name}, of a-z 0-9 -");
            }
        } else if (!segment.matches("[A-Za-z0-9._~-]+") || segment.matches("\\.\\.?")) {
            throw new IllegalArgumentException("a path segment is of A-Z a-z 0-9 . _ ~ -, {name} or a final **");
        }
    }

    static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    /** Whether it takes one path only. */
    public boolean isLiteral() {
        return segments.stream().noneMatch(segment -> isVariable(segment) || segment.equals(REST));
    }

    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
