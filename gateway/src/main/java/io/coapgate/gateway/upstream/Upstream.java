package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** An HTTP service. Thread-safe. */
public interface Upstream {
    /**
     * Sends one request. Never blocks and never throws; the stage may be completed on another thread.
     *
     * @return completed exceptionally with {@link UpstreamException} if no complete response arrived
     */
    CompletionStage<UpstreamResponse> send(UpstreamRequest request);

    /**
     * Sends one request and reads its response as it comes, for as long as it takes. Never blocks and never throws; what
     * goes wrong ends the reading. Nothing is repeated, and neither breaker nor retries have a part in it.
     *
     * @param request its timeout is for the head of the response
     */
    default BodyStream stream(UpstreamRequest request, BodyReader reader) {
        reader.end(Optional.of(new UpstreamException(Refusal.UPSTREAM_UNREACHABLE, "it has no streams")));
        return () -> {};
    }

    /** Whether this absolute URL lies on this upstream: same scheme, host and port. */
    default boolean serves(URI url) {
        return false;
    }
}
