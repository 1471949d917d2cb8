package io.coapgate.gateway.oauth;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why there is no token.
 *
 * @param detail for the operator: words of the gateway's own, and at most an error code of the server's
 * @param extent which other questions to the server would meet the same now
 * @param retryAfter what the server says of another attempt
 */
record Failure(Refusal reason, String detail, Extent extent, Optional<Duration> retryAfter) {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    /** How far a failure reaches. */
    enum Extent {
        /** Another question need not meet it. */
        ONE,
        /** Others will meet it, unless one was answered in the meantime: then it was bad luck. */
        UNANSWERED,
        /** Others will meet it: the server says so, or it is about the gateway itself. */
        ALL
    }

    Failure {
        requireNonNull(extent, "extent");
        requireNonNull(reason, "reason");
        requireNonNull(detail, "detail");
        requireNonNull(retryAfter, "retryAfter");
    }

    /** Something that another question need not meet. */
    static Failure ofOne(Refusal reason, String detail) {
        return new Failure(reason, detail, Extent.ONE, Optional.empty());
    }

    static Failure ofAll(Refusal reason, String detail) {
        return new Failure(reason, detail, Extent.ALL, Optional.empty());
    }

    private static Failure unanswered(Refusal reason, String detail) {
        return new Failure(reason, detail, Extent.UNANSWERED, Optional.empty());
    }

    /** No complete HTTP response came. */
    static Failure of(UpstreamException e) {
        return switch (e.reason()) {
            case UPSTREAM_TIMEOUT -> unanswered(Refusal.TOKEN_SERVER_TIMEOUT, e.detail());
            case UPSTREAM_BUSY -> unanswered(Refusal.TOKEN_SERVER_BUSY, e.detail());
            case UPSTREAM_RESPONSE_INVALID, UPSTREAM_RESPONSE_TOO_LARGE ->
                ofOne(Refusal.TOKEN_SERVER_RESPONSE_INVALID, e.detail());
            default -> unanswered(Refusal.TOKEN_SERVER_UNREACHABLE, e.detail());
        };
    }

    /** If the server says that it can't at the moment, by 429 or 5xx. */
    static Optional<Failure> ofBusy(UpstreamResponse answer, Instant now) {
        if (answer.status() != TOO_MANY_REQUESTS && answer.status() < SERVER_ERROR) {
            return Optional.empty();
        }
        Optional<Duration> wait = answer.header("retry-after").flatMap(value -> RetryAfter.parse(value, now));
        boolean plea = answer.status() == TOO_MANY_REQUESTS || answer.status() == UNAVAILABLE;
        Extent extent = plea ? Extent.ALL : Extent.UNANSWERED;
        return Optional.of(new Failure(Refusal.TOKEN_SERVER_BUSY, "status " + answer.status(), extent, wait));
    }

    TokenExchangeException exception(Duration wait) {
        return TokenExchangeException.retryAfter(reason, detail, wait);
    }
}
