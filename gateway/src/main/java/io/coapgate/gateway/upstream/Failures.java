package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;

/** What a failure of the HTTP client means. Its message goes nowhere: it may quote what the peer sent. */
final class Failures {
    private static final int MAX_CAUSES = 8;

    private Failures() {}

    static UpstreamException whileConnecting(Throwable failure) {
        return new UpstreamException(Refusal.UPSTREAM_UNREACHABLE, "cannot connect", failure);
    }

    static UpstreamException afterConnecting(Throwable failure) {
        return isLostConnection(failure)
                ? new UpstreamException(Refusal.UPSTREAM_UNREACHABLE, "connection lost", failure)
                : new UpstreamException(Refusal.UPSTREAM_RESPONSE_INVALID, "response not understood", failure);
    }

    /** What the codec throws at bytes that it does not understand is none of these. */
    static boolean isLostConnection(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof IOException
                    || cause instanceof HttpClosedException
                    || cause instanceof StreamResetException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
