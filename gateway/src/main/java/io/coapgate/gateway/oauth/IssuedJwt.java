package io.coapgate.gateway.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
            JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
            return Optional.of(new IssuedJwt(
                    claims.getAudience(),
                    Optional.ofNullable(claims.getExpirationTime()).map(date -> Instant.ofEpochMilli(date.getTime()))));
        } catch (ParseException | RuntimeException e) { // whatever a library meets in what a server made up
            return Optional.empty();
        }
    }
}
