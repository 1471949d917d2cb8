package io.coapgate.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.config.ArrivalsFile;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Devices;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9200 §5.10.3 */
class TokenOrderTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final KeyPair KEYS = Devices.p256();
    private static final TokenNumbering NUMBERING = new TokenNumbering("gw", TokenNumbering.Form.BINARY);
    private static final Map<String, ExpiresInSettings> ON =
            Map.of(Cwts.AS, new ExpiresInSettings(NUMBERING, Duration.ofHours(1), 10));

    private final MutableClock clock = new MutableClock(START);
    private final AuthenticatedDevice device =
            Devices.authenticated(Devices.device("d1", "read", Devices.rpk(KEYS.getPublic())), clock);
    private final TokenAdmission admission;
    private final TokenOrder order;

    TokenOrderTest(@TempDir Path state) throws Exception {
        RelativeLifetimes lifetimes =
                RelativeLifetimes.of(ON, ArrivalsFile.open(state, new SecureRandom(), clock), clock);
        AdmissionSettings usual = Cwts.settings();
        admission = new TokenAdmission(
                new AdmissionSettings(usual.policy().acceptingExpiresIn(), usual.issuers(), true, 3, 100),
                Cwts.KNOWN_SCOPES,
                new SessionTokens(clock, 3, 100),
                new TokenConditions(RevokedTokens.NONE, TokenFreshness.ANY, lifetimes),
                clock);
        order = admission.order();
    }

    private static CwtClaims.Builder claims() {
        return CwtClaims.builder()
                .audience(Cwts.GATEWAY)
                .scope("read")
                .confirmation(Cwts.confirmation(KEYS.getPublic()));
    }

    private static CwtClaims.Builder numbered(long number) {
        return claims().id(NUMBERING.id(number)).expiresIn(Duration.ofMinutes(10));
    }

    private VerifiedCwt verified(CwtClaims.Builder claims) throws Exception {
        return admission.admit(device, Cwts.issuedByAs(claims.build()));
    }

    private void assertOrder(VerifiedCwt older, VerifiedCwt newer) {
        assertThat(order.isOlder(older, newer)).isTrue();
        assertThat(order.isOlder(newer, older)).isFalse();
        assertThat(order.isOlder(older, older)).isFalse();
    }

    @Test
    void tokensWithoutATimeAreOrderedByTheirNumbers() throws Exception {
        assertOrder(verified(numbered(255)), verified(numbered(256)));
    }

    @Test
    void numbersCountBeforeTimes() throws Exception {
        assertOrder(
                verified(numbered(1).issuedAt(START.plusSeconds(10))),
                verified(numbered(2).issuedAt(START)));
    }

    @Test
    void tokensWithoutNumbersAreOrderedByTheirTimes() throws Exception {
        assertOrder(
                verified(claims().issuedAt(START).expiresAt(START.plusSeconds(60))),
                verified(claims().issuedAt(START.plusSeconds(1)).expiresAt(START.plusSeconds(60))));
    }

    @Test
    void aNumberIsNotComparedWithATime() throws Exception {
        VerifiedCwt number = verified(numbered(1));
        VerifiedCwt time = verified(claims().issuedAt(START).expiresAt(START.plusSeconds(60)));
        assertThat(order.isOlder(number, time)).isFalse();
        assertThat(order.isOlder(time, number)).isFalse();
    }

    @Test
    void whatLooksLikeANumberIsNoneWithoutExi() throws Exception {
        VerifiedCwt one = verified(claims().id(NUMBERING.id(1)).expiresAt(START.plusSeconds(60)));
        assertThat(order.isOlder(one, verified(numbered(2)))).isFalse();
    }
}
