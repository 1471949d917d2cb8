package io.coapgate.crypto.jose;

import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The claims that every access token has (RFC 9068 §2.2), checked for presence and type but not yet for their values. */
record JwtClaims(
        String issuer,
        String subject,
        List<String> audience,
        String clientId,
        String tokenId,
        Instant expiresAt,
        Instant issuedAt,
        Optional<Instant> notBefore,
        Map<String, Object> all) {

    static JwtClaims of(Map<String, Object> claims) throws InvalidJwtException {
        return new JwtClaims(
                text(claims, "iss"),
                text(claims, "sub"),
                audience(required(claims, "aud")),
                text(claims, "client_id"),
                text(claims, "jti"),
                instant(required(claims, "exp")),
                instant(required(claims, "iat")),
                claims.containsKey("nbf") ? Optional.of(instant(required(claims, "nbf"))) : Optional.empty(),
                claims);
    }

    private static Object required(Map<String, Object> claims, String name) throws InvalidJwtException {
        Object value = claims.get(name);
        if (value == null) {
            throw new InvalidJwtException(Reason.MISSING_CLAIM);
        }
        return value;
    }

    private static String text(Map<String, Object> claims, String name) throws InvalidJwtException {
        if (required(claims, name) instanceof String value) {
            return value;
        }
        throw malformed();
    }

    /** One string, or an array of strings (RFC 7519 §4.1.3). */
    private static List<String> audience(Object value) throws InvalidJwtException {
        if (value instanceof String single) {
            return List.of(single);
        }
        if (value instanceof List<?> several && several.stream().allMatch(String.class::isInstance)) {
            return several.stream().map(String.class::cast).toList();
        }
        throw malformed();
    }

    /** A NumericDate (RFC 7519 §2), which may have a fraction: it is cut off, so that no token lives longer by it. */
    private static Instant instant(Object value) throws InvalidJwtException {
        return numericDate(value).orElseThrow(JwtClaims::malformed);
    }

    static Optional<Instant> numericDate(Object value) {
        try {
            return value instanceof Number seconds
                    ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static InvalidJwtException malformed() {
        return new InvalidJwtException(Reason.MALFORMED);
    }
}
