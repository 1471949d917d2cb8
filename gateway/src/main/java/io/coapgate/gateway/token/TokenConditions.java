package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

/**
 * What tokens have to meet beside what they say themselves.
 *
 * @param revoked tokens are refused
 * @param freshness that tokens must have
 * @param lifetimes of tokens that count from their arrival
 */
public record TokenConditions(RevokedTokens revoked, TokenFreshness freshness, RelativeLifetimes lifetimes) {
    /** Nothing. */
    public static final TokenConditions NONE =
            new TokenConditions(RevokedTokens.NONE, TokenFreshness.ANY, RelativeLifetimes.NONE);

    public TokenConditions {
        requireNonNull(revoked, "revoked");
        requireNonNull(freshness, "freshness");
        requireNonNull(lifetimes, "lifetimes");
    }
}
