package io.coapgate.gateway.refusal;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What stages wrap. */
public final class Causes {
    private Causes() {}

    /** The failure that a stage was completed with, without what dependent stages put around it. */
    public static Throwable of(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The same for those who may hear of a result instead: null if nothing failed. */
    public static @Nullable Throwable ofNullable(@Nullable Throwable failure) {
        return failure == null ? null : of(failure);
    }
}
