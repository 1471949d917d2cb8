package io.coapgate.gateway.oauth;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.upstream.UpstreamResponse;
import io.coapgate.gateway.upstream.WebClient;
import io.coapgate.gateway.upstream.WebRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds an OAuth server's token endpoint by its metadata (RFC 8414) and looks again every hour, and after the endpoint
 * has failed; what was good last counts until there is something better. Thread-safe; never blocks.
 */
final class Discovery implements Endpoints {
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final int BAD_REQUEST = 400;

    private final URI issuer;
    private final MetadataReader reader;
    private final Duration timeout;
    private final WebClient http;
    private final Clock clock;
    /** Guarded by this. */
    private @Nullable Endpoint known;
    /** Guarded by this. */
    private Instant lookAgain = Instant.MIN;
    /** Guarded by this. */
    private @Nullable CompletableFuture<Endpoint> looking;

    Discovery(URI issuer, MetadataReader reader, Duration timeout, WebClient http, Clock clock) {
        this.issuer = issuer;
        this.reader = reader;
        this.timeout = timeout;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Endpoint> endpoint() {
        if (known != null && clock.instant().isBefore(lookAgain)) {
            return completedFuture(known);
        }
        if (looking != null) {
            return looking;
        }
        CompletableFuture<Endpoint> look = look(MetadataUrls.of(issuer))
                .handle(this::settle)
                .thenCompose(stage -> stage)
                .toCompletableFuture();
        looking = look.isDone() ? null : look;
        return look;
    }

    @Override
    public synchronized void doubt() {
        lookAgain = Instant.MIN;
    }

    private synchronized CompletionStage<Endpoint> settle(@Nullable Endpoint found, @Nullable Throwable failure) {
        looking = null;
        Endpoint endpoint = found == null ? known : found;
        if (endpoint == null) {
            return failedFuture(failure == null ? new IllegalStateException() : failure);
        }
        known = endpoint;
        lookAgain = clock.instant().plus(found == null ? RETRY : MAX_AGE);
        return completedFuture(endpoint);
    }

    private CompletionStage<Endpoint> look(List<URI> places) {
        return http.send(WebRequest.get(places.get(0), "application/json", timeout))
                .thenCompose(answer -> {
                    if (isNotHere(answer) && places.size() > 1) {
                        return look(places.subList(1, places.size()));
                    }
                    try {
                        return completedFuture(reader.endpoint(answer, clock.instant()));
                    } catch (FailedAsk e) {
                        return failedFuture(e);
                    }
                });
    }

    /** Servers say in several ways that they know nothing of a place. */
    private static boolean isNotHere(UpstreamResponse answer) {
        return answer.status() >= BAD_REQUEST
                && Failure.ofBusy(answer, Instant.MIN).isEmpty();
    }
}
