package io.coapgate.gateway.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceError;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.authz.Tables;
import io.coapgate.gateway.config.NumbersFile;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.MutableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9200 §5.10.3, the authorization server's part: tokens for a server without a clock. */
class ExpiresInIssuingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.700Z");
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final TokenNumbering NUMBERING = new TokenNumbering("lamp", TokenNumbering.Form.BINARY);

    private final MutableClock clock = new MutableClock(NOW);
    private final Path state;
    private final IssuedTokens tokens;

    ExpiresInIssuingTest(@TempDir Path state) throws IOException {
        this.state = state;
        this.tokens = tokens();
    }

    private IssuedTokens tokens() throws IOException {
        return IssuedTokens.open(
                new TokenJournal(state.resolve("issued-tokens.log")), new IssuedTokenLimits(100, 100), clock);
    }

    private AuthorizationServer server(TokenNumbers numbers) throws Exception {
        SigningKey key = SigningKey.of(CoseAlgorithm.HMAC_256_256, AuthorizationServers.SHARED);
        TokenAudience lamp = new TokenAudience(
                "lamp",
                ScopeSet.of("on"),
                LIFETIME,
                new TokenProtection.Maced(key, Optional.of(AuthorizationServers.DERIVATION)),
                Optional.empty(),
                Optional.of(NUMBERING));
        return new AuthorizationServer(
                new TokenPolicy(AuthorizationServers.ISSUER, List.of(lamp), Tables.temp(), numbers),
                AuthorizationServers.RING,
                AuthorizationServers.NAMING_KEY,
                clock,
                new SecureRandom(),
                tokens);
    }

    private AuthorizationServer server() throws Exception {
        return server(NumbersFile.open(state, new SecureRandom()));
    }

    private AuthenticatedDevice client(Validity validity) {
        return Devices.authenticated(Devices.device("d1", "on", Devices.psk("id1", validity)), clock);
    }

    private AccessTokenResponse issued(AuthorizationServer by) {
        TokenOutcome outcome = by.grant(AccessTokenRequest.builder().build(), client(Validity.ALWAYS));
        return ((TokenOutcome.Issued) outcome).response();
    }

    /** By a lamp whose clock began when it was switched on. */
    private static VerifiedCwt verified(AccessTokenResponse response) throws Exception {
        VerificationKey key = VerificationKey.of(CoseAlgorithm.HMAC_256_256, AuthorizationServers.SHARED);
        CwtPolicy policy = CwtPolicy.forAudience("lamp").withMaxLifetime(Duration.ofDays(36_500));
        Clock lamp = Clock.fixed(NOW, java.time.ZoneOffset.UTC);
        return new CwtVerifier(policy.acceptingExpiresIn(), lamp)
                .verify(response.accessToken(), issuer -> List.of(key));
    }

    private static long number(AccessTokenResponse response) throws Exception {
        return NUMBERING
                .numberOf(verified(response).claims().id().orElseThrow())
                .orElseThrow();
    }

    @Test
    void theTokenSaysHowLongItLivesAndItsCtiCounts() throws Exception {
        AccessTokenResponse response = issued(server());
        CwtClaims claims = verified(response).claims();
        assertThat(claims.expiresIn()).contains(LIFETIME);
        assertThat(claims.expiresAt()).isEmpty();
        assertThat(claims.audience()).containsExactly("lamp");
        assertThat(NUMBERING.numberOf(claims.id().orElseThrow())).isPresent();
        assertThat(response.expiresIn()).contains(LIFETIME);
        assertThat(claims.id().orElseThrow().bytes())
                .startsWith('l', 'a', 'm', 'p')
                .hasSize(8);
    }

    @Test
    void numbersRiseOverRestartsAndOverGatewaysThatShareThem() throws Exception {
        AuthorizationServer one = server();
        AuthorizationServer other = server();
        long last = 0;
        for (AuthorizationServer by : List.of(one, other, one, server(), other)) {
            long number = number(issued(by));
            assertThat(number).isGreaterThan(last);
            last = number;
        }
    }

    /** Else its end would be that of tokens with lower numbers, too. */
    @Test
    void noTokenLivesLessThanOthers() throws Exception {
        Validity brief = new Validity(Instant.MIN, NOW.plus(LIFETIME).minusSeconds(1));
        TokenOutcome outcome = server().grant(AccessTokenRequest.builder().build(), client(brief));
        TokenOutcome.Refused refused = (TokenOutcome.Refused) outcome;
        assertThat(refused.reason()).isEqualTo(Refusal.CREDENTIAL_EXPIRED);
        assertThat(refused.error()).contains(AceError.INVALID_CLIENT);
        assertThat(tokens.count()).isZero();
    }

    @Test
    void whatCannotBeNumberedIsNotIssued() throws Exception {
        TokenOutcome outcome =
                server(TokenNumbers.NONE).grant(AccessTokenRequest.builder().build(), client(Validity.ALWAYS));
        assertThat(((TokenOutcome.Refused) outcome).reason()).isEqualTo(Refusal.INTERNAL_ERROR);
        assertThat(tokens.count()).isZero();
    }

    @Test
    void introspectionSaysWhatTheTokenSaysOverARestartToo() throws Exception {
        TokenHash hash = TokenHash.of(issued(server()).accessToken());
        DeviceId lamp = new DeviceId("lamp-1");
        TokenReaders readers = new TokenReaders(Map.of(lamp, Set.of("lamp")), Set.of());
        for (IssuedTokens known : List.of(tokens, tokens())) {
            CwtClaims said = new Introspection(known, readers, "as")
                    .answer(lamp, hash)
                    .claims()
                    .orElseThrow();
            assertThat(said.expiresIn()).contains(LIFETIME);
            assertThat(said.expiresAt()).isEmpty();
        }
        clock.advance(LIFETIME);
        assertThat(new Introspection(tokens(), readers, "as").answer(lamp, hash).claims())
                .isEmpty();
    }
}
