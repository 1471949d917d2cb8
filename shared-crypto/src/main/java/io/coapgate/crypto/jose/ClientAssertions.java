package io.coapgate.crypto.jose;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import io.coapgate.crypto.key.KeyFormatException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JWTs with which clients authenticate, RFC 7523 §3: signed with a key of the client's own, which decides the
 * algorithm, for this server, not yet over, and with an identifier. Whether that was seen before is the caller's to check.
 * Thread-safe if the look-up of keys is.
 */
public final class ClientAssertions {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_ID_LENGTH = 128;
    private static final Duration MAX_LIFE = Duration.ofMinutes(10);
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    /** Nothing else that such a key may have signed. */
    private static final Set<String> TYPES = Set.of("", "jwt", "client-authentication+jwt");

    private final Set<String> audiences;
    private final Clock clock;

    /** @param audiences what this server is called: one of them must be in {@code aud} */
    public ClientAssertions(Set<String> audiences, Clock clock) {
        this.audiences = Set.copyOf(audiences);
        this.clock = requireNonNull(clock, "clock");
    }

    /** A client that has proved who it is. */
    public record Verified(String client, String id, Instant expiresAt, PublicKey key) {
        public Verified {
            requireNonNull(client, "client");
            requireNonNull(id, "id");
            requireNonNull(expiresAt, "expiresAt");
            requireNonNull(key, "key");
        }
    }

    /**
     * Verifies one.
     *
     * @param keysOf the keys of the client of that name; of one that is not known there are none
     * @throws InvalidJwtException with the first reason found; beyond whose it might be, nothing is believed before the
     *     signature
     */
    public Verified verify(String assertion, Function<String, List<PublicKey>> keysOf) throws InvalidJwtException {
        if (assertion.length() > MAX_LENGTH) {
            throw new InvalidJwtException(Reason.TOO_LARGE);
        }
        CompactJws jws = CompactJws.parse(assertion);
        String client = text(jws.claims(), "sub");
        PublicKey key = signer(jws, keysOf.apply(client));
        if (!client.equals(text(jws.claims(), "iss"))) {
            throw new InvalidJwtException(Reason.WRONG_ISSUER);
        }
        checkAudience(jws.claims().get("aud"));
        Instant expiresAt = checkTimes(jws.claims());
        String id = text(jws.claims(), "jti");
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new InvalidJwtException(Reason.MALFORMED);
        }
        return new Verified(client, id, expiresAt, key);
    }

    private static PublicKey signer(CompactJws jws, List<PublicKey> keys) throws InvalidJwtException {
        Map<String, Object> header = jws.header();
        if (header.containsKey("crit")) {
            throw new InvalidJwtException(Reason.CRITICAL_EXTENSION);
        }
        String type = Json.string(header, "typ").orElse("").toLowerCase(Locale.ROOT);
        if (!TYPES.contains(type)) {
            throw new InvalidJwtException(Reason.WRONG_TYPE);
        }
        JwtAlgorithm algorithm = Json.string(header, "alg")
                .flatMap(JwtAlgorithm::ofJwsName)
                .orElseThrow(() -> new InvalidJwtException(Reason.UNSUPPORTED_ALGORITHM));
        for (PublicKey key : keys) {
            if (isFor(algorithm, key) && algorithm.verify(key, jws.signingInput(), jws.signature())) {
                return key;
            }
        }
        throw new InvalidJwtException(keys.isEmpty() ? Reason.UNKNOWN_KEY : Reason.BAD_SIGNATURE);
    }

    private static boolean isFor(JwtAlgorithm algorithm, PublicKey key) {
        try {
            return PublicJwk.of(key).algorithm() == algorithm;
        } catch (KeyFormatException e) {
            return false;
        }
    }

    private void checkAudience(@Nullable Object claim) throws InvalidJwtException {
        boolean mine = claim instanceof List<?> several
                ? several.stream().anyMatch(audiences::contains)
                : claim instanceof String single && audiences.contains(single);
        if (!mine) {
            throw new InvalidJwtException(Reason.WRONG_AUDIENCE);
        }
    }

    private Instant checkTimes(Map<String, Object> claims) throws InvalidJwtException {
        Instant now = clock.instant();
        Instant end = time(claims, "exp").orElseThrow(() -> new InvalidJwtException(Reason.MISSING_CLAIM));
        if (!now.isBefore(end)) { // now == exp: over
            throw new InvalidJwtException(Reason.EXPIRED);
        }
        boolean early = time(claims, "nbf").filter(now.plus(LEEWAY)::isBefore).isPresent()
                || time(claims, "iat").filter(now.plus(LEEWAY)::isBefore).isPresent();
        if (early || end.isAfter(now.plus(MAX_LIFE))) { // one for years could be recorded and used for years
            throw new InvalidJwtException(Reason.NOT_YET_VALID);
        }
        return end;
    }

    private static Optional<Instant> time(Map<String, Object> claims, String name) throws InvalidJwtException {
        if (!claims.containsKey(name)) {
            return Optional.empty();
        }
        Optional<Instant> time = Optional.ofNullable(claims.get(name)).flatMap(JwtClaims::numericDate);
        return Optional.of(time.orElseThrow(() -> new InvalidJwtException(Reason.MALFORMED)));
    }

    private static String text(Map<String, Object> claims, String name) throws InvalidJwtException {
        return Json.string(claims, name).orElseThrow(() -> new InvalidJwtException(Reason.MISSING_CLAIM));
    }
}
