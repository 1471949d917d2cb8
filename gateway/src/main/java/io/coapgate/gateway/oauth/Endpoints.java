package io.coapgate.gateway.oauth;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletionStage;

/** Knows where token requests go. Thread-safe; never blocks. */
@FunctionalInterface
interface Endpoints {
    /** @return fails with {@link FailedAsk} if that can't be found out now */
    CompletionStage<Endpoint> endpoint();

    /** The endpoint has failed: it may have moved. */
    default void doubt() {}

    /** Always there. */
    static Endpoints fixed(Endpoint endpoint) {
        CompletionStage<Endpoint> known = completedFuture(endpoint);
        return () -> known;
    }
}
