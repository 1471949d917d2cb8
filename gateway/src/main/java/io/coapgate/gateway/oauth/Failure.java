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
 * @param concernsAll whether every other question to the server would meet the same now
 * @param retryAfter what the server says of another attempt
 */
record Failure(Refusal reason, String detail, boolean concernsAll, Optional<Duration> retryAfter) {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    Failure {
        requireNonNull(reason, "reason");
        requireNonNull(detail, "detail");
        requireNonNull(retryAfter, "retryAfter");
    }

    /** Something that another question need not meet. */
    static Failure ofOne(Refusal reason, String detail) {
        return new Failure(reason, detail, false, Optional.empty());
    }

    static Failure ofAll(Refusal reason, String detail) {
        return new Failure(reason, detail, true, Optional.empty());
    }

    /** No complete HTTP response came. */
    static Failure of(UpstreamException e) {
        return switch (e.reason()) {
            case UPSTREAM_TIMEOUT -> ofAll(Refusal.TOKEN_SERVER_TIMEOUT, e.detail());
            case UPSTREAM_BUSY -> ofAll(Refusal.TOKEN_SERVER_BUSY, e.detail());
            case UPSTREAM_RESPONSE_INVALID, UPSTREAM_RESPONSE_TOO_LARGE ->
                ofOne(Refusal.TOKEN_SERVER_RESPONSE_INVALID, e.detail());
            default -> ofAll(Refusal.TOKEN_SERVER_UNREACHABLE, e.detail());
        };
    }

    /** If the server says that it can't at the moment, by 429 or 5xx. */
    static Optional<Failure> ofBusy(UpstreamResponse answer, Instant now) {
        if (answer.status() != TOO_MANY_REQUESTS && answer.status() < SERVER_ERROR) {
            return Optional.empty();
        }
        Optional<Duration> wait = answer.header("retry-after").flatMap(value -> RetryAfter.parse(value, now));
        return Optional.of(new Failure(Refusal.TOKEN_SERVER_BUSY, "status " + answer.status(), true, wait));
    }

    TokenExchangeException exception(Duration wait) {
        return TokenExchangeException.retryAfter(reason, detail, wait);
    }
}
