package io.coapgate.gateway.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.Aif;
import io.coapgate.crypto.ace.Aif.Permission;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.TokenAdmission;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens whose scope is an AIF; those in words are {@code DeviceExchangeTest}'s. */
class AuthorizerTest {
    private static final PreSharedKey PSK = Devices.psk("id1", Validity.ALWAYS);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final MutableClock clock = new MutableClock(NOW);
    private final RouteTable routes = Tables.temp();
    private final Authorizer authorizer = new Authorizer(routes);
    private final AuthenticatedDevice reader = Devices.authenticated(Devices.device("d1", "read", PSK), clock);

    private VerifiedCwt issued(Permission... permissions) throws Exception {
        return admitted(Cwts.issuedByAs(claims(permissions)
                .confirmation(Confirmation.of(KeyId.ofUtf8("id1")))
                .build()));
    }

    private VerifiedCwt selfIssued(Permission... permissions) throws Exception {
        return admitted(Cwts.selfIssued(
                "d1", PSK.key(), claims(permissions).subject("d1").build()));
    }

    private CwtClaims.Builder claims(Permission... permissions) {
        return Cwts.claims(NOW, "").scopeBytes(new Aif(List.of(permissions)).encode());
    }

    private VerifiedCwt admitted(byte[] token) throws Exception {
        SessionTokens sessions = new SessionTokens(clock, 1, 10);
        return new TokenAdmission(Cwts.settings(), Cwts.KNOWN_SCOPES, sessions, clock).admit(reader, token);
    }

    private Decision decide(String path, CoapMethod method, VerifiedCwt... tokens) throws Exception {
        RequestTarget target = LocalUri.parse(path);
        Route route = routes.match(target.path()).orElseThrow();
        return authorizer.decide(reader, route, target, method, List.of(tokens), NOW);
    }

    private static void denied(Refusal reason, Decision decision) {
        assertThat(decision).isEqualTo(new Decision.Denied(reason));
    }

    @Test
    void whatTheTokenAllowsIsGrantedAndTheJwtSaysWhatTheMethodNeeds() throws Exception {
        VerifiedCwt token = issued(new Permission("/temp/a", 1), new Permission("/temp/b", 2));
        assertThat(decide("/temp/a", CoapMethod.GET, token)).isInstanceOfSatisfying(Decision.Granted.class, granted -> {
            assertThat(granted.scopes()).isEqualTo(ScopeSet.of("read"));
            assertThat(granted.notAfter()).isEqualTo(token.expiresAt());
        });
        assertThat(((Decision.Granted) decide("/temp/b", CoapMethod.POST, token)).scopes())
                .isEqualTo(ScopeSet.of("write"));
    }

    @Test
    void anotherMethodOfTheResourceIsNotAllowedAndAnotherResourceForbidden() throws Exception {
        VerifiedCwt token = issued(new Permission("/temp/a", 1));
        denied(Refusal.METHOD_NOT_ALLOWED, decide("/temp/a", CoapMethod.POST, token));
        denied(Refusal.SCOPE_INSUFFICIENT, decide("/temp/b", CoapMethod.GET, token));
        denied(Refusal.SCOPE_INSUFFICIENT, decide("/temp/a?q", CoapMethod.GET, token));
        denied(Refusal.SCOPE_INSUFFICIENT, decide("/temp/a/b", CoapMethod.GET, token));
    }

    @Test
    void aMethodThatTheRouteDoesNotHaveStaysOut() throws Exception {
        denied(
                Refusal.METHOD_NOT_ALLOWED,
                decide("/temp/a", CoapMethod.DELETE, issued(new Permission("/temp/a", 0x7f))));
    }

    @Test
    void whatADeviceSaysOfItselfCountsAsFarAsTheRegistrySaysSoToo() throws Exception {
        VerifiedCwt token = selfIssued(new Permission("/temp/a", 0x7f));
        assertThat(decide("/temp/a", CoapMethod.GET, token)).isInstanceOf(Decision.Granted.class);
        denied(Refusal.SCOPE_INSUFFICIENT, decide("/temp/a", CoapMethod.POST, token));
    }

    @Test
    void theFirstTokenThatSufficesCounts() throws Exception {
        VerifiedCwt other = issued(new Permission("/temp/b", 1));
        VerifiedCwt right = issued(new Permission("/temp/a", 1));
        assertThat(decide("/temp/a", CoapMethod.GET, other, right)).isInstanceOf(Decision.Granted.class);
    }
}
