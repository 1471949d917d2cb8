package io.coapgate.gateway.upstream;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** All of a response's header that can matter to a device; {@code Set-Cookie} and whatever else a server likes to say stays behind. */
final class ResponseHeaders {
    /** Of these the first line counts. */
    private static final Set<String> KEPT = Set.of(
            "age",
            "content-encoding",
            "content-range",
            "content-type",
            "date",
            "etag",
            "expires",
            "last-modified",
            "location",
            "retry-after");

    /** Of these every line counts, and one that can't be read is taken for the strictest: it may say whose response it is. */
    private static final Map<String, String> LISTS = Map.of("cache-control", "no-store", "vary", "*");

    private ResponseHeaders() {}

    /** @param all in the order in which they came */
    static Map<String, String> of(Iterable<Map.Entry<String, String>> all) {
        Map<String, String> kept = new HashMap<>();
        for (Map.Entry<String, String> line : all) {
            String name = line.getKey().toLowerCase(Locale.ROOT);
            if (KEPT.contains(name)) {
                kept.putIfAbsent(name, line.getValue());
            } else if (LISTS.containsKey(name)) {
                kept.merge(name, line.getValue(), (before, more) -> before + ", " + more); // as one, RFC 9110 §5.3
            }
        }
        LISTS.forEach((name, strictest) ->
                kept.computeIfPresent(name, (same, value) -> Header.isPrintable(value) ? value : strictest));
        kept.values().removeIf(value -> !Header.isPrintable(value));
        return kept;
    }
}
