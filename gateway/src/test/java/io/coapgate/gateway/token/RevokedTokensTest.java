package io.coapgate.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.refusal.Refusal;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Tokens that are taken back, and tokens that their issuer vouches for. */
class RevokedTokensTest {
    private static final KeyPair KEYS = Devices.p256();

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final SessionTokens sessions = new SessionTokens(clock, 2, 100);
    private final Set<CwtId> revoked = ConcurrentHashMap.newKeySet();
    private final TokenAdmission admission = new TokenAdmission(
            Cwts.settings(),
            Cwts.KNOWN_SCOPES,
            sessions,
            new TokenConditions(
                    token -> token.claims().id().filter(revoked::contains).isPresent(),
                    TokenFreshness.ANY,
                    RelativeLifetimes.NONE),
            clock);
    private final AuthenticatedDevice device =
            Devices.authenticated(Devices.device("d1", "read", Devices.rpk(KEYS.getPublic())), clock);

    private CwtClaims.Builder claims(int id) {
        return Cwts.claims(clock.instant(), "read").id(Cwts.id(id)).confirmation(Cwts.confirmation(KEYS.getPublic()));
    }

    private int held() {
        return sessions.validAt(device.session(), clock.instant()).size();
    }

    @Test
    void aRevokedTokenIsRefusedAndNotHeld() {
        revoked.add(Cwts.id(1));
        assertThatThrownBy(
                        () -> admission.admit(device, Cwts.issuedByAs(claims(1).build())))
                .isInstanceOfSatisfying(
                        TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Refusal.TOKEN_REVOKED));
        assertThat(held()).isZero();
    }

    @Test
    void aTokenThatIsRevokedLaterIsTakenFromTheSessionThatHoldsItAndOthersStay() throws Exception {
        admission.admit(device, Cwts.issuedByAs(claims(1).build()));
        admission.admit(device, Cwts.issuedByAs(claims(2).build()));
        assertThat(sessions.contents()).hasSize(2);
        sessions.remove(token -> token.claims().id().equals(Optional.of(Cwts.id(1))));
        assertThat(sessions.validAt(device.session(), clock.instant()))
                .singleElement()
                .satisfies(token -> assertThat(token.claims().id()).contains(Cwts.id(2)));
        sessions.remove(token -> true);
        assertThat(held()).isZero();
        assertThat(sessions.contents()).isEmpty();
    }

    @Test
    void whatAnIssuerVouchesForIsJudgedAsACwt() throws Exception {
        byte[] opaque = {1, 2, 3};
        admission.admitVouched(device, claims(1).build(), "as", opaque);
        assertThat(held()).isEqualTo(1);
        assertVouchedRefused(claims(2).issuer("other").build(), "as", Refusal.TOKEN_ISSUER_UNKNOWN);
        assertVouchedRefused(claims(2).build(), "d1", Refusal.TOKEN_ISSUER_UNKNOWN);
        assertVouchedRefused(
                claims(2).confirmation(Confirmation.of(KeyId.ofUtf8("x"))).build(), "as", Refusal.TOKEN_BINDING);
        assertVouchedRefused(
                CwtClaims.builder().audience(Cwts.GATEWAY).scope("read").build(), "as", Refusal.TOKEN_CLAIMS);
        assertVouchedRefused(
                claims(2).expiresAt(clock.instant().minusSeconds(60)).build(), "as", Refusal.TOKEN_EXPIRED);
    }

    private void assertVouchedRefused(CwtClaims claims, String issuer, Refusal reason) {
        assertThatThrownBy(() -> admission.admitVouched(device, claims, issuer, new byte[] {9}))
                .isInstanceOfSatisfying(
                        TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void withoutAnybodyToAskATokenThatIsNoCwtIsMalformed() {
        assertThatThrownBy(() -> new TokenIntake(admission, Runnable::run)
                        .admit(device, new byte[] {'o'})
                        .toCompletableFuture()
                        .get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Refusal.TOKEN_MALFORMED));
    }
}
