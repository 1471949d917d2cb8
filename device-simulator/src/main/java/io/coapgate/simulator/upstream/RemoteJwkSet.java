package io.coapgate.simulator.upstream;

import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.key.KeyFormatException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an issuer, fetched when they are needed and at most once per interval, so that tokens that name unknown keys
 * cannot make the server fetch at will. Failing to fetch keeps the old keys. Thread-safe.
 */
final class RemoteJwkSet {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteJwkSet.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient client;
    private final Supplier<URI> location;
    private final Duration interval;
    private final Clock clock;
    private volatile JwkSet keys = JwkSet.of(List.of());
    /** Guarded by this. */
    private @Nullable Instant asked;
    /** Guarded by this. */
    private Future<JwkSet> fetch = Future.succeededFuture(keys);

    RemoteJwkSet(HttpClient client, Supplier<URI> location, Duration interval, Clock clock) {
        this.client = client;
        this.location = location;
        this.interval = interval;
        this.clock = clock;
    }

    /** The keys as they are known now; none before the first fetch. */
    JwkSet current() {
        return keys;
    }

    /** Fetches the keys anew unless that was done, or tried, within the interval; always succeeds. */
    synchronized Future<JwkSet> refreshed() {
        Instant now = clock.instant();
        if (!fetch.isComplete() || (asked != null && now.isBefore(asked.plus(interval)))) {
            return fetch;
        }
        asked = now;
        URI uri = location.get();
        fetch = client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(uri.toString())
                        .setTimeout(TIMEOUT.toMillis()))
                .compose(request ->
                        request.putHeader("Accept", JwkSet.MEDIA_TYPE).send())
                .compose(RemoteJwkSet::body)
                .compose(this::keep)
                .recover(failure -> {
                    LOG.warn("keys not fetched from {}: {}", uri, failure.getMessage());
                    return Future.succeededFuture(keys);
                });
        return fetch;
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        return response.statusCode() == OK ? response.body() : Future.failedFuture("answered " + response.statusCode());
    }

    private Future<JwkSet> keep(Buffer body) {
        if (body.length() > JwkSet.MAX_LENGTH) {
            return Future.failedFuture("a key set of " + body.length() + " bytes");
        }
        try {
            keys = JwkSet.parse(body.toString());
            return Future.succeededFuture(keys);
        } catch (KeyFormatException e) {
            return Future.failedFuture(e);
        }
    }
}
