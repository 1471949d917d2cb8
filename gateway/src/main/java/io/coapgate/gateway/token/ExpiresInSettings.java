package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cwt.TokenNumbering;
import java.time.Duration;

/**
 * How the tokens of an issuer count that say how long they live from their arrival on ({@code exi}, RFC 9200 §5.10.3).
 *
 * @param numbering of its tokens for this gateway
 * @param maxLifetime the longest {@code exi} that is accepted
 * @param maxTokens that live at a time; for as long, a further one is refused
 */
public record ExpiresInSettings(TokenNumbering numbering, Duration maxLifetime, int maxTokens) {
    public ExpiresInSettings {
        requireNonNull(numbering, "numbering");
        if (maxLifetime.toSeconds() < 1 || maxTokens < 1) {
            throw new IllegalArgumentException("one token lives at least, for a while");
        }
    }
}
