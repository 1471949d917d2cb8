package io.coapgate.gateway.upstream;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** An HTTP service. Thread-safe. */
public interface Upstream {
    /**
     * Sends one request. Never blocks and never throws; the stage may be completed on another thread.
     *
     * @return completed exceptionally with {@link UpstreamException} if no complete response arrived
     */
    CompletionStage<UpstreamResponse> send(UpstreamRequest request);

    /** Whether this absolute URL lies on this upstream: same scheme, host and port. */
    default boolean serves(URI url) {
        return false;
    }
}
