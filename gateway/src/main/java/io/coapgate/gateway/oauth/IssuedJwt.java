package io.coapgate.gateway.oauth;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a JWT that an OAuth server has just issued says of itself. Its signature is for the service to verify: here the
 * connection to the server vouches for it.
 */
record IssuedJwt(List<String> audience, Optional<Instant> expiresAt) {
    IssuedJwt {
        audience = List.copyOf(audience);
    }

    /** Empty if it is no signed JWT: then nothing can be said of it. */
    static Optional<IssuedJwt> of(String token) {
        try {
            Map<String, Object> claims = SignedJWT.parse(token).getPayload().toJSONObject();
            return claims == null
                    ? Optional.empty()
                    : Optional.of(new IssuedJwt(audience(claims.get("aud")), instant(claims.get("exp"))));
        } catch (ParseException | RuntimeException e) { // whatever a library meets in what a server made up
            return Optional.empty();
        }
    }

    /** One string, or an array of strings (RFC 7519 §4.1.3); whatever else it is names nobody. */
    private static List<String> audience(@Nullable Object claim) {
        if (claim instanceof String single) {
            return List.of(single);
        }
        return claim instanceof List<?> several
                ? several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** A NumericDate (RFC 7519 §2); a fraction is cut off, so that no token lives longer by it. */
    private static Optional<Instant> instant(@Nullable Object claim) {
        return claim instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(Math.min(seconds.longValue(), Instant.MAX.getEpochSecond())))
                : Optional.empty();
    }
}
