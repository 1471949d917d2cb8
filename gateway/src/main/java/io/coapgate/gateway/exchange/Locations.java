package io.coapgate.gateway.exchange;

import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.upstream.Upstream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes Location-Path and Location-Query of an HTTP {@code Location}, RFC 9110 §10.2.2. What a device could not ask the
 * gateway for is dropped: another host, a path that would be refused, an option that is too long.
 */
final class Locations {
    private static final int MAX_OPTION_BYTES = 255; // RFC 7252 §5.10

    private Locations() {}

    /** @param target of the request, which a relative reference starts from */
    static Optional<Location> of(String field, RequestTarget target, Upstream upstream) {
        try {
            URI reference = URI.create(field);
            boolean elsewhere =
                    reference.isAbsolute() ? !upstream.serves(reference) : reference.getRawAuthority() != null;
            return elsewhere
                    ? Optional.empty()
                    : options(URI.create(target.encoded()).resolve(reference));
        } catch (IllegalArgumentException | InvalidPathException e) { // no URI, bad percent-encoding, or refused
            return Optional.empty();
        }
    }

    private static Optional<Location> options(URI resolved) throws InvalidPathException {
        String path = resolved.getRawPath();
        String query = resolved.getRawQuery();
        if (path == null || !path.startsWith("/") || delimits(path, query)) {
            return Optional.empty();
        }
        List<String> segments = path.equals("/") ? List.of() : decoded(path.substring(1), "/");
        List<String> arguments = query == null ? List.of() : decoded(query, "&");
        RequestTarget.of(segments, arguments); // whatever it refuses, the device would be refused too
        boolean fits = segments.stream().allMatch(Locations::fits)
                && arguments.stream().allMatch(Locations::fits);
        return fits ? Optional.of(new Location(segments, arguments)) : Optional.empty();
    }

    /** What a device sends is data: these would come back to the service escaped, and mean something else to it. */
    private static boolean delimits(String path, @Nullable String query) {
        return path.indexOf(';') >= 0 || (query != null && (query.indexOf(';') >= 0 || query.indexOf('+') >= 0));
    }

    private static List<String> decoded(String text, String separator) {
        return Arrays.stream(text.split(separator, -1)).map(Locations::decoded).toList();
    }

    /** Percent-encoding only: a plus sign is itself. */
    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static boolean fits(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length <= MAX_OPTION_BYTES;
    }
}
