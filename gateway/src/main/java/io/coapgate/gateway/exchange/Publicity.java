package io.coapgate.gateway.exchange;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.coapgate.gateway.upstream.UpstreamResponse;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a response that one device's JWT has brought may be shown to another. */
final class Publicity {
    private static final Set<String> FORBIDDING = Set.of("private", "no-store");

    /** What requests for the same representation have in common; above all not Authorization. */
    private static final Set<String> HARMLESS_IN_VARY = Set.of("accept", "accept-encoding", "content-type");

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*(\"|$)");
    private static final Pattern ARGUMENT = Pattern.compile("=.*");

    private Publicity() {}

    /** Only if {@code Cache-Control} says {@code public} and nothing contradicts it: RFC 9111 §5.2.2.9, §3.5, §4.1. */
    static boolean of(UpstreamResponse response) {
        return of(members(response, "cache-control"), members(response, "vary"));
    }

    /** The same, by the {@link #members} of both fields. */
    static boolean of(Set<String> directives, Set<String> vary) {
        return directives.contains("public")
                && FORBIDDING.stream().noneMatch(directives::contains)
                && HARMLESS_IN_VARY.containsAll(vary);
    }

    /** The names in a list, without what {@code =} may add to them; what is quoted names nothing. */
    static Set<String> members(UpstreamResponse response, String header) {
        return response.header(header).stream()
                .flatMap(value -> Stream.of(QUOTED.matcher(value).replaceAll("").split(",")))
                .map(member -> ARGUMENT.matcher(member).replaceFirst("").strip().toLowerCase(Locale.ROOT))
                .filter(member -> !member.isEmpty())
                .collect(toUnmodifiableSet());
    }
}
