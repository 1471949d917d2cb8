package io.coapgate.gateway.oauth;

import java.util.concurrent.CompletionException;

/** What stages wrap. */
final class Causes {
    private Causes() {}

    /** The failure that a stage was completed with, without what dependent stages put around it. */
    static Throwable of(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
