package io.coapgate.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.config.ArrivalsFile;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens with {@code exi}, on their way into a session. */
class RelativeLifetimesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final KeyPair KEYS = Devices.p256();
    private static final KeyPair OTHER_KEYS = Devices.p256();
    private static final TokenNumbering NUMBERING = new TokenNumbering("gw", TokenNumbering.Form.BINARY);
    private static final Map<String, ExpiresInSettings> ON =
            Map.of(Cwts.AS, new ExpiresInSettings(NUMBERING, Duration.ofHours(1), 10));

    private final MutableClock clock = new MutableClock(START);
    private final SessionTokens sessions = new SessionTokens(clock, 3, 100);
    private final AuthenticatedDevice device = device("d1", KEYS);
    private final TokenArrivals arrivals;
    private final RelativeLifetimes lifetimes;
    private final TokenAdmission admission;

    RelativeLifetimesTest(@TempDir Path state) throws Exception {
        arrivals = ArrivalsFile.open(state, new SecureRandom(), clock);
        lifetimes = RelativeLifetimes.of(ON, arrivals, clock);
        admission = admitting(lifetimes);
    }

    private AuthenticatedDevice device(String id, KeyPair keys) {
        return Devices.authenticated(Devices.device(id, "read", Devices.rpk(keys.getPublic())), clock);
    }

    private TokenAdmission admitting(RelativeLifetimes rules) {
        AdmissionSettings usual = Cwts.settings();
        return new TokenAdmission(
                new AdmissionSettings(usual.policy().acceptingExpiresIn(), usual.issuers(), true, 3, 100),
                Cwts.KNOWN_SCOPES,
                sessions,
                new TokenConditions(RevokedTokens.NONE, TokenFreshness.ANY, rules),
                clock);
    }

    private static CwtClaims.Builder claims(long number, Duration exi) {
        return CwtClaims.builder()
                .audience(Cwts.GATEWAY)
                .scope("read")
                .id(NUMBERING.id(number))
                .expiresIn(exi)
                .confirmation(Cwts.confirmation(KEYS.getPublic()));
    }

    private static byte[] token(long number, Duration exi) {
        return Cwts.issuedByAs(claims(number, exi).build());
    }

    private void assertRefused(TokenAdmission by, byte[] token, Refusal reason) {
        assertThatThrownBy(() -> by.admit(device, token))
                .isInstanceOfSatisfying(
                        TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private List<VerifiedCwt> held() {
        return sessions.validAt(device.session(), clock.instant());
    }

    @Test
    void aTokenEndsAnHourAfterItsFirstArrivalHoweverOftenItComes() throws Exception {
        byte[] token = token(1, Duration.ofHours(1));
        assertThat(admission.admit(device, token).expiresAt()).isEqualTo(START.plus(Duration.ofHours(1)));
        clock.advance(Duration.ofMinutes(59));
        assertThat(admission.admit(device, token).expiresAt()).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(held()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(held()).isEmpty();
        assertRefused(admission, token, Refusal.TOKEN_EXPIRED);
    }

    @Test
    void aTokenThatIsHeldBackDiesWithTheOneAfterIt() throws Exception {
        admission.admit(device, token(2, Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1));
        assertRefused(admission, token(1, Duration.ofHours(1)), Refusal.TOKEN_EXPIRED);
    }

    @Test
    void aSessionLosesATokenThatIsCutShort() throws Exception {
        VerifiedCwt longer = admission.admit(device, token(1, Duration.ofHours(1)));
        admission.admit(device, token(2, Duration.ofMinutes(1)));
        clock.advance(Duration.ofMinutes(1));
        assertThat(lifetimes.hasEnded(longer)).isFalse();
        assertThat(arrivals.passTime()).isTrue();
        assertThat(lifetimes.hasEnded(longer)).isTrue();
        sessions.remove(lifetimes::hasEnded);
        assertThat(held()).isEmpty();
        assertThat(admission.fallen(longer)).contains(Refusal.TOKEN_EXPIRED);
    }

    @Test
    void ofExpAndExiTheFirstEndCounts() throws Exception {
        Instant soon = START.plus(Duration.ofMinutes(5));
        byte[] byTime =
                Cwts.issuedByAs(claims(1, Duration.ofHours(1)).expiresAt(soon).build());
        assertThat(admission.admit(device, byTime).expiresAt()).isEqualTo(soon);
        byte[] byArrival = Cwts.issuedByAs(claims(2, Duration.ofMinutes(1))
                .expiresAt(START.plus(Duration.ofHours(2)))
                .build());
        assertThat(admission.admit(device, byArrival).expiresAt()).isEqualTo(START.plus(Duration.ofMinutes(1)));
    }

    @Test
    void aTokenWithoutExiIsNotCounted() throws Exception {
        byte[] plain = Cwts.issuedByAs(Cwts.claims(START, "read")
                .id(NUMBERING.id(1))
                .confirmation(Cwts.confirmation(KEYS.getPublic()))
                .build());
        admission.admit(device, token(5, Duration.ofMinutes(1)));
        clock.advance(Duration.ofMinutes(1));
        assertThat(admission.admit(device, plain).expiresAt()).isEqualTo(START.plusSeconds(600));
    }

    @Test
    void theCtiMustCountTheTokensOfThisGateway() {
        for (byte[] id : new byte[][] {{1}, "gx\0\0\0\1".getBytes(java.nio.charset.StandardCharsets.US_ASCII)}) {
            byte[] token = Cwts.issuedByAs(claims(1, Duration.ofMinutes(1))
                    .id(io.coapgate.crypto.cwt.CwtId.of(id))
                    .build());
            assertRefused(admission, token, Refusal.TOKEN_CLAIMS);
        }
    }

    @Test
    void aLifeIsNeitherTooLongNorNone() {
        assertRefused(admission, token(1, Duration.ofSeconds(3601)), Refusal.TOKEN_LIFETIME);
        assertRefused(admission, token(1, Duration.ZERO), Refusal.TOKEN_EXPIRED);
        assertThat(arrivals.hasEnded(new TokenCounter(Cwts.AS, "gw"), 1)).isFalse();
    }

    @Test
    void anIssuerThatMayNotIsRefused() {
        byte[] token = token(1, Duration.ofMinutes(1));
        assertRefused(admitting(RelativeLifetimes.NONE), token, Refusal.TOKEN_CLAIMS);
        RelativeLifetimes ofAnother = RelativeLifetimes.of(Map.of("other", ON.get(Cwts.AS)), arrivals, clock);
        assertRefused(admitting(ofAnother), token, Refusal.TOKEN_CLAIMS);
    }

    @Test
    void aLifeBeginsEvenIfTheTokenIsOfNoUseOnThatSession() throws Exception {
        byte[] token = token(1, Duration.ofHours(1));
        AuthenticatedDevice other = device("d2", OTHER_KEYS);
        assertThatThrownBy(() -> admission.admit(other, token)).hasMessage("token_binding");
        clock.advance(Duration.ofMinutes(30));
        assertThat(admission.admit(device, token).expiresAt()).isEqualTo(START.plus(Duration.ofHours(1)));
    }

    @Test
    void aForgedTokenBeginsNoLife() throws Exception {
        byte[] forged = token(9, Duration.ofMinutes(1));
        forged[forged.length - 1] ^= 1;
        assertRefused(admission, forged, Refusal.TOKEN_SIGNATURE);
        clock.advance(Duration.ofMinutes(1));
        admission.admit(device, token(1, Duration.ofMinutes(1)));
        assertThat(held()).hasSize(1);
    }

    /** Else a device by the name of an issuer could use up that issuer's numbers. */
    @Test
    void aDevicesOwnTokenIsNoneOfTheIssuersThatItIsNamedLike() throws Exception {
        AuthenticatedDevice namesake = device(Cwts.AS.replace("/", "."), KEYS);
        RelativeLifetimes rules = RelativeLifetimes.of(Map.of(namesake.id().value(), ON.get(Cwts.AS)), arrivals, clock);
        CwtClaims own = claims(9, Duration.ofMinutes(1))
                .subject(namesake.id().value())
                .expiresAt(START.plusSeconds(600))
                .build();
        byte[] token = Cwts.selfIssued(namesake.id().value(), KEYS, own);
        assertThat(admitting(rules).admit(namesake, token).expiresAt()).isEqualTo(START.plusSeconds(600));
        clock.advance(Duration.ofMinutes(1));
        assertThat(arrivals.hasEnded(new TokenCounter(namesake.id().value(), "gw"), 9))
                .isFalse();
    }

    @Test
    void devicesIssueNoSuchTokensThemselves() {
        byte[] token = Cwts.selfIssued(
                "d1", KEYS, claims(1, Duration.ofMinutes(1)).subject("d1").build());
        assertRefused(admission, token, Refusal.TOKEN_CLAIMS);
    }

    /** RFC 9200 §5.10.3: self-contained tokens only. */
    @Test
    void whatAnIssuerVouchesForEndsAtATime() {
        assertThatThrownBy(() -> admission.admitVouched(
                        device, claims(1, Duration.ofMinutes(1)).build(), "asked", new byte[] {1}))
                .hasMessage("token_claims");
    }

    @Test
    void aTokenWhoseArrivalCannotBeRememberedIsRefused() {
        RelativeLifetimes broken = RelativeLifetimes.of(ON, new BrokenArrivals(), clock);
        assertRefused(admitting(broken), token(1, Duration.ofMinutes(1)), Refusal.INTERNAL_ERROR);
        assertThat(held()).isEmpty();
    }

    private record BrokenArrivals() implements TokenArrivals {
        @Override
        public Arrival arrived(Arrival arrival, ExpiresInSettings settings) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public boolean hasEnded(TokenCounter counter, long number) {
            return false;
        }

        @Override
        public boolean passTime() {
            return false;
        }
    }
}
