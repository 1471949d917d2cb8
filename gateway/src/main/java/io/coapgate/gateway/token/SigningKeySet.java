package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.gateway.keys.KeptKey;
import io.coapgate.gateway.keys.KeyRing;
import java.util.ArrayList;
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

    /**
     * All keys of the ring are published: next, current and retired.
     *
     * @throws KeyFormatException if it is no ring of such keys
     */
    public static SigningKeySet of(KeyRing ring) throws KeyFormatException {
        JwtSigningKey current = JwtKeyKind.signingKey(ring.current().material().secret());
        List<JwtSigningKey> published = new ArrayList<>();
        for (KeptKey key : ring.keys()) {
            published.add(JwtKeyKind.signingKey(key.material().secret()));
        }
        return new SigningKeySet(current, JwkSet.of(published));
    }
}
