package io.coapgate.gateway.oauth;

import io.coapgate.crypto.jose.JwtSigningKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Signs what the gateway shows to an OAuth server: who the device is, who the gateway is, and that it is a client. Each is
 * made for one request and lives a minute. Signing takes up to a millisecond. Thread-safe.
 */
final class Assertions {
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int JTI_BYTES = 16;
    private static final Map<String, String> PLAIN_JWT = Map.of("typ", "JWT");

    private final String issuer;
    private final Supplier<JwtSigningKey> key;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * @param issuer the gateway's own name, with which it signs
     * @param key the one that signs now; services and OAuth servers find its public half in the gateway's JWKS
     */
    Assertions(String issuer, Supplier<JwtSigningKey> key, Clock clock, SecureRandom random) {
        this.issuer = issuer;
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /** A JWT that names the device; what the route maps comes first, so that it can never replace a claim of its own. */
    String ofDevice(Ask ask, Ask.Subject subject, String audience) {
        Map<String, Object> claims = deviceClaims(ask, subject, audience);
        return key.get().withHeader(PLAIN_JWT).sign(claims);
    }

    /** The same as an access token, RFC 9068. */
    String accessTokenOfDevice(Ask ask, Ask.Subject subject, String audience) {
        Map<String, Object> claims = deviceClaims(ask, subject, audience);
        claims.put("client_id", subject.device().value());
        return key.get().sign(claims);
    }

    /** A JWT that names the gateway, which acts for the device (RFC 8693 §2.1, actor_token). */
    String ofGateway(String audience) {
        return key.get().withHeader(PLAIN_JWT).sign(named(new LinkedHashMap<>(), issuer, issuer, audience));
    }

    /** A client assertion, RFC 7523 §3: issuer and subject are the client. */
    String ofClient(String clientId, JwtSigningKey clientKey, String audience) {
        return clientKey.sign(named(new LinkedHashMap<>(), clientId, clientId, audience));
    }

    private Map<String, Object> deviceClaims(Ask ask, Ask.Subject subject, String audience) {
        Map<String, Object> claims = new LinkedHashMap<>(subject.claims());
        named(claims, issuer, subject.device().value(), audience);
        claims.put("tenant", subject.tenant().name());
        if (!ask.scopes().isEmpty()) {
            claims.put("scope", ask.scopes().text());
        }
        return claims;
    }

    /** No {@code nbf}: where clocks differ by a second it would only keep good assertions out. */
    private Map<String, Object> named(Map<String, Object> claims, String iss, String sub, String aud) {
        Instant now = clock.instant();
        claims.put("iss", iss);
        claims.put("sub", sub);
        claims.put("aud", aud);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("jti", randomId());
        return claims;
    }

    private String randomId() {
        byte[] id = new byte[JTI_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
