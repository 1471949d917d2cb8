package io.coapgate.gateway.oauth;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.as.ReadOnlyAuthorizationServerEndpointMetadata;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamResponse;
import io.coapgate.gateway.upstream.WebClient;
import io.coapgate.gateway.upstream.WebRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds an OAuth server's token endpoint by its metadata (RFC 8414) and looks again every hour, and after the endpoint
 * has failed; what was good last counts until there is something better. Thread-safe; never blocks.
 */
final class Discovery implements Endpoints {
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final URI issuer;
    private final String audience;
    private final boolean certificateAuthenticates;
    private final Duration timeout;
    private final WebClient http;
    private final Clock clock;
    /** Guarded by this. */
    private @Nullable Endpoint known;
    /** Guarded by this. */
    private Instant lookAgain = Instant.MIN;
    /** Guarded by this. */
    private @Nullable CompletableFuture<Endpoint> looking;

    /**
     * @param audience of assertions; else the issuer itself
     * @param certificateAuthenticates whether requests come with a client certificate
     */
    Discovery(
            URI issuer,
            Optional<String> audience,
            boolean certificateAuthenticates,
            Duration timeout,
            WebClient http,
            Clock clock) {
        this.issuer = issuer;
        this.audience = audience.orElse(issuer.toString());
        this.certificateAuthenticates = certificateAuthenticates;
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
        lookAgain = clock.instant().plus(MAX_AGE);
        return completedFuture(endpoint);
    }

    private CompletionStage<Endpoint> look(List<URI> places) {
        return http.send(WebRequest.get(places.get(0), "application/json", timeout))
                .thenCompose(answer -> {
                    if (isNotHere(answer) && places.size() > 1) {
                        return look(places.subList(1, places.size()));
                    }
                    try {
                        return completedFuture(read(answer));
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

    private Endpoint read(UpstreamResponse answer) throws FailedAsk {
        Optional<Failure> busy = Failure.ofBusy(answer, clock.instant());
        if (busy.isPresent() || answer.status() != OK) {
            throw busy.map(FailedAsk::new).orElseGet(() -> invalid("status " + answer.status()));
        }
        AuthorizationServerMetadata metadata = parse(answer);
        if (!issuer.toString()
                .equals(metadata.getIssuer().getValue())) { // RFC 8414 §3.3: identical, or it is another's
            throw invalid("it is of another issuer");
        }
        URI url = tokenEndpoint(metadata);
        if (url == null || !WebRequest.isUsable(url) || !WebRequest.isConfidential(url)) {
            throw invalid("it names no token endpoint with https");
        }
        return new Endpoint(url, audience);
    }

    /** RFC 8705 §5: a server may have another place for those who come with a certificate. */
    private @Nullable URI tokenEndpoint(AuthorizationServerMetadata metadata) {
        ReadOnlyAuthorizationServerEndpointMetadata aliases = metadata.getReadOnlyMtlsEndpointAliases();
        return certificateAuthenticates && aliases != null && aliases.getTokenEndpointURI() != null
                ? aliases.getTokenEndpointURI()
                : metadata.getTokenEndpointURI();
    }

    private static AuthorizationServerMetadata parse(UpstreamResponse answer) throws FailedAsk {
        try {
            return AuthorizationServerMetadata.parse(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (ParseException | RuntimeException e) { // whatever a library meets in what a server made up
            throw invalid("it can't be read");
        }
    }

    private static FailedAsk invalid(String detail) {
        return new FailedAsk(Failure.ofAll(Refusal.TOKEN_SERVER_RESPONSE_INVALID, "the server's metadata: " + detail));
    }
}
