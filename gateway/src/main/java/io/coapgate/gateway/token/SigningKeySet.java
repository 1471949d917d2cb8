package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.jose.JwtSigningKey;
import java.util.List;

/**
 * The keys that sign JWTs: one signs, and all that services may still meet are published.
 *
 * @param current signs
 * @param published the JWKS; contains {@code current}
 */
public record SigningKeySet(JwtSigningKey current, JwkSet published) {
    public SigningKeySet {
        requireNonNull(current, "current");
        requireNonNull(published, "published");
    }

    public static SigningKeySet of(JwtSigningKey only) {
        return new SigningKeySet(only, JwkSet.of(List.of(only)));
    }
}
