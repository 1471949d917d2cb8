package io.coapgate.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtPolicy;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.jose.JwtVerifier;
import io.coapgate.crypto.jose.PublicJwk;
import io.coapgate.crypto.jose.VerifiedJwt;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalTokenExchangeTest {
    private static final String ISSUER = "https://gateway.example";
    private static final String AUDIENCE = "https://backend.example";
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00.7Z"));
    private SigningKeySet keys = SigningKeySet.of(JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom()));

    private LocalTokenExchange exchange() {
        return new LocalTokenExchange(
                () -> keys, new JwtSettings(ISSUER, LIFETIME), clock, new SecureRandom(), Runnable::run);
    }

    private static SessionKey psk() {
        var psk = Devices.psk("id", Validity.ALWAYS);
        return new SessionKey.Symmetric(psk.identity(), psk.key());
    }

    private static TokenRequest request(Instant notAfter, Map<String, String> claims, SessionKey key) {
        return new TokenRequest(
                new DeviceId("d1"),
                new Tenant("acme"),
                new Audience(AUDIENCE),
                ScopeSet.of("write", "read"),
                notAfter,
                claims,
                key);
    }

    private VerifiedJwt mintAndVerify(TokenRequest request) throws Exception {
        BearerToken token = exchange().exchange(request).toCompletableFuture().join();
        String compact = token.authorization().substring("Bearer ".length());
        VerifiedJwt jwt =
                new JwtVerifier(keys::published, new JwtPolicy(ISSUER, AUDIENCE, Duration.ZERO), clock).verify(compact);
        assertThat(jwt.expiresAt()).isEqualTo(token.expiresAt());
        return jwt;
    }

    @ParameterizedTest
    @EnumSource(JwtAlgorithm.class)
    void mintsAnAccessTokenThatAPlainVerifierTakes(JwtAlgorithm algorithm) throws Exception {
        keys = SigningKeySet.of(JwtSigningKey.generate(algorithm, new SecureRandom()));
        VerifiedJwt jwt = mintAndVerify(request(Instant.MAX, Map.of("device_model", "m1"), psk()));
        assertThat(jwt.subject()).isEqualTo("d1");
        assertThat(jwt.clientId()).isEqualTo("d1");
        assertThat(jwt.scope()).containsExactlyInAnyOrder("read", "write");
        assertThat(jwt.text("tenant")).contains("acme");
        assertThat(jwt.text("device_model")).contains("m1");
        assertThat(jwt.tokenId()).hasSize(22);
        assertThat(jwt.expiresAt()).isEqualTo(Instant.parse("2026-01-01T00:05:00Z"));
    }

    @Test
    void carriesExactlyTheClaimsThatTheDesignNames() throws Exception {
        assertThat(mintAndVerify(request(Instant.MAX, Map.of(), psk())).claims().keySet())
                .containsExactlyInAnyOrder(
                        "iss", "sub", "aud", "client_id", "tenant", "scope", "iat", "nbf", "exp", "jti");
    }

    @Test
    void neverOutlivesTheGrant() throws Exception {
        Instant grantEnd = clock.instant().plusSeconds(90);
        assertThat(mintAndVerify(request(grantEnd, Map.of(), psk())).expiresAt())
                .isBeforeOrEqualTo(grantEnd)
                .isAfter(grantEnd.minusSeconds(1));
    }

    @Test
    void refusesAGrantThatEndsWithinTheSecond() {
        assertThatThrownBy(() -> mintAndVerify(request(clock.instant().plusMillis(200), Map.of(), psk())))
                .hasRootCauseInstanceOf(TokenExchangeException.class)
                .rootCause()
                .extracting(e -> ((TokenExchangeException) e).reason())
                .isEqualTo(Refusal.TOKEN_EXPIRED);
    }

    @Test
    void namesAnAsymmetricSessionKeyAndNeverASecret() throws Exception {
        KeyPair pair = Devices.p256();
        VerifiedJwt jwt = mintAndVerify(request(Instant.MAX, Map.of(), SessionKey.Asymmetric.of(pair.getPublic())));
        assertThat(jwt.claims().get("cnf"))
                .isEqualTo(Map.of("jwk", PublicJwk.of(pair.getPublic()).members()));
        assertThat(mintAndVerify(request(Instant.MAX, Map.of(), psk())).claims())
                .doesNotContainKey("cnf");
    }

    @Test
    void mappedClaimsCannotReplaceRegisteredOnes() throws Exception {
        Map<String, String> hostile = Map.of("sub", "root", "iss", "evil", "scope", "admin", "aud", "x", "jti", "1");
        VerifiedJwt jwt = mintAndVerify(request(Instant.MAX, hostile, psk()));
        assertThat(jwt.subject()).isEqualTo("d1");
        assertThat(jwt.scope()).containsExactlyInAnyOrder("read", "write");
    }

    @Test
    void saysBusyWhenTheSignerIsFull() {
        LocalTokenExchange full = new LocalTokenExchange(
                () -> keys, new JwtSettings(ISSUER, LIFETIME), clock, new SecureRandom(), command -> {
                    throw new RejectedExecutionException();
                });
        assertThatThrownBy(() -> full.exchange(request(Instant.MAX, Map.of(), psk()))
                        .toCompletableFuture()
                        .join())
                .rootCause()
                .extracting(Throwable::getClass)
                .isEqualTo(RejectedExecutionException.class);
    }
}
