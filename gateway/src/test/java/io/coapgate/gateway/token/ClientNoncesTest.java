package io.coapgate.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** RFC 9200 §5.3.1. */
class ClientNoncesTest {
    private static final SecretBytes KEY = SecretBytes.copyOf(new byte[32]);

    private static final Confirmation OWN = Confirmation.of(KeyId.ofUtf8("id1"));

    private final MutableClock clock = new MutableClock(Instant.parse("2040-01-01T00:00:00Z"));
    private final ClientNonces nonces = new ClientNonces(KEY, clock, Duration.ofMinutes(5));

    @Test
    void aNonceIsFreshUntilItsLifetimeEnds() {
        byte[] nonce = nonces.create();
        assertThat(nonce).hasSize(ClientNonces.BYTES);
        assertThat(nonces.isFresh(nonce)).isTrue();
        clock.advance(Duration.ofSeconds(299));
        assertThat(nonces.isFresh(nonce)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(nonces.isFresh(nonce)).isFalse();
    }

    @Test
    void aNonceOutlivesARestartWithTheSameKey() {
        assertThat(new ClientNonces(KEY, clock, Duration.ofMinutes(5)).isFresh(nonces.create()))
                .isTrue();
        SecretBytes other = SecretBytes.copyOf(new byte[] {1, 2, 3});
        assertThat(new ClientNonces(other, clock, Duration.ofMinutes(5)).isFresh(nonces.create()))
                .isFalse();
    }

    @Test
    void nobodyElseMakesOne() {
        byte[] nonce = nonces.create();
        for (int i = 0; i < nonce.length; i++) {
            byte[] changed = nonce.clone();
            changed[i] ^= 1;
            assertThat(nonces.isFresh(changed)).isFalse();
        }
        assertThat(nonces.isFresh(new byte[0])).isFalse();
        assertThat(nonces.isFresh(new byte[13])).isFalse();
    }

    @Test
    void aNonceOfTheFutureIsNotFresh() {
        byte[] nonce = nonces.create();
        clock.advance(Duration.ofSeconds(-1));
        assertThat(nonces.isFresh(nonce)).isFalse();
    }

    @Test
    void aTokenIsFreshByTheNonceThatItCarries() throws Exception {
        MutableClock now = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
        AuthenticatedDevice device =
                Devices.authenticated(Devices.device("d1", "read", Devices.psk("id1", Validity.ALWAYS)), now);
        ClientNonces given = new ClientNonces(KEY, now, Duration.ofMinutes(5));
        TokenAdmission admission = new TokenAdmission(
                Cwts.settings(),
                Cwts.KNOWN_SCOPES,
                new SessionTokens(now, 1, 10),
                new TokenConditions(RevokedTokens.NONE, given, RelativeLifetimes.NONE),
                now);
        byte[] fresh = token(now, given.create());
        admission.admit(device, fresh);
        now.advance(Duration.ofMinutes(5));
        assertThatThrownBy(() -> admission.admit(device, fresh)).hasMessage("token_stale");
        assertThatThrownBy(() -> admission.admit(device, token(now, new byte[ClientNonces.BYTES])))
                .hasMessage("token_stale");
        assertThatThrownBy(() -> admission.admit(
                        device,
                        Cwts.issuedByAs(Cwts.claims(now.instant(), "read")
                                .confirmation(OWN)
                                .build())))
                .hasMessage("token_stale");
    }

    private static byte[] token(MutableClock now, byte[] nonce) {
        return Cwts.issuedByAs(Cwts.claims(now.instant(), "read")
                .confirmation(OWN)
                .cnonce(nonce)
                .build());
    }

    @Test
    void aLifetimeIsMoreThanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientNonces(KEY, clock, Duration.ZERO));
    }
}
