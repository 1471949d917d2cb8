package io.coapgate.gateway.exchange;

import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A response that is kept for use again, RFC 9111 §4.
 *
 * @param response with a {@code Date}
 * @param asked when its request was sent: from then on it ages, so that the way of the response counts (RFC 9111 §4.2.3)
 * @param freshUntil from this instant on it has to be validated
 * @param generation what the place was in when the request was sent; a change ends it
 */
record StoredResponse(UpstreamResponse response, Instant asked, Instant freshUntil, long generation) {
    private static final String AGE = "age";
    private static final String DATE = "date";
    private static final String ETAG = "etag";
    private static final int OVERHEAD_BYTES = 512;

    /** What a 304 says of itself or of a body that it does not have, RFC 9111 §3.2. */
    private static final Set<String> NOT_UPDATED = Set.of("content-encoding", "content-range", "content-type");

    /** @param lifetime what is left of it; whole seconds */
    static StoredResponse of(UpstreamResponse response, Instant asked, Duration lifetime, long generation) {
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.computeIfAbsent(
                DATE, name -> DateTimeFormatter.RFC_1123_DATE_TIME.format(asked.atOffset(ZoneOffset.UTC)));
        return new StoredResponse(
                new UpstreamResponse(response.status(), headers, response.body()),
                asked,
                asked.plus(lifetime),
                generation);
    }

    boolean isFresh(Instant now) {
        return now.isBefore(freshUntil); // now == freshUntil: stale
    }

    /** The response as a cache shows it: older by the time that it was kept. */
    UpstreamResponse at(Instant now) {
        Duration kept = Duration.between(asked, now);
        long seconds = kept.isNegative() ? 0 : kept.plusNanos(999_999_999).toSeconds();
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.merge(AGE, String.valueOf(seconds), StoredResponse::sum);
        return new UpstreamResponse(response.status(), headers, response.body());
    }

    /** An age that is no number says nothing. */
    private static String sum(String age, String seconds) {
        return age.matches("\\d{1,9}") ? String.valueOf(Long.parseLong(age) + Long.parseLong(seconds)) : seconds;
    }

    /** The header that asks whether it is still good, RFC 9111 §4.3.1; empty if nothing can ask. */
    Optional<Header> validator() {
        return response.header(ETAG)
                .map(etag -> new Header("if-none-match", etag))
                .or(() -> response.header("last-modified").map(date -> new Header("if-modified-since", date)));
    }

    /** Whether this 304 speaks of this response, RFC 9111 §4.3.4. */
    boolean isMeantBy(UpstreamResponse notModified) {
        Optional<String> etag = notModified.header(ETAG).map(StoredResponse::opaque);
        return etag.isEmpty() || etag.equals(response.header(ETAG).map(StoredResponse::opaque));
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    /** The response with what a 304 says anew. */
    UpstreamResponse updatedBy(UpstreamResponse notModified) {
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.remove(AGE);
        headers.remove(DATE);
        notModified.headers().forEach((name, value) -> {
            if (!NOT_UPDATED.contains(name)) {
                headers.put(name, value);
            }
        });
        return new UpstreamResponse(response.status(), headers, response.body());
    }

    /** An estimate of what it fills. */
    int bytes() {
        int headers =
                response.headers().values().stream().mapToInt(String::length).sum();
        return response.body().length + headers + OVERHEAD_BYTES;
    }
}
