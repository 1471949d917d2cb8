package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.Thumbprint;
import java.time.Instant;

/**
 * A genuine token with {@code exi} that has come in, be it for the first time or once more.
 *
 * @param number that its issuer gave it
 * @param token its content
 * @param end of its life, if it has come for the first time
 */
public record Arrival(TokenCounter counter, long number, Thumbprint token, Instant end) {
    public Arrival {
        requireNonNull(counter, "counter");
        requireNonNull(token, "token");
        requireNonNull(end, "end");
        if (number < 0) {
            throw new IllegalArgumentException("tokens are numbered from 0 on");
        }
    }

    /** The same with the end that it really has. */
    public Arrival endingAt(Instant other) {
        return new Arrival(counter, number, token, other);
    }
}
