package io.coapgate.gateway.issuing;

import io.coapgate.crypto.jose.InvalidJwtException;
import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.jose.JwtPolicy;
import io.coapgate.crypto.jose.JwtVerifier;
import io.coapgate.crypto.jose.VerifiedJwt;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** Knows the JWTs that the gateway has signed, without keeping any. Verifies signatures. Thread-safe. */
public final class OwnJwts {
    private final Supplier<JwkSet> keys;
    private final String issuer;
    private final Clock clock;

    /** @param keys all that are published now */
    public OwnJwts(Supplier<JwkSet> keys, String issuer, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** The token, if it is one of the gateway's own for one of these audiences and valid now. */
    Optional<VerifiedJwt> verify(String token, Collection<String> audiences) {
        for (String audience : audiences) {
            try {
                JwtPolicy policy = new JwtPolicy(issuer, audience, Duration.ZERO);
                return Optional.of(new JwtVerifier(keys, policy, clock).verify(token));
            } catch (InvalidJwtException e) {
                if (e.reason() != InvalidJwtException.Reason.WRONG_AUDIENCE) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
