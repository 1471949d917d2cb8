package io.coapgate.gateway.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.token.MutableClock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSafetyTest {
    @Test
    void aZeroOrALineFeedAtTheEndIsLostOnTheWay() {
        assertThat(TextSafety.isTextSafe(new byte[] {1, '\n', 2})).isTrue();
        assertThat(TextSafety.isTextSafe(new byte[] {1, 0, 2})).isFalse();
        assertThat(TextSafety.isTextSafe(new byte[] {1, '\n'})).isFalse();
        assertThat(TextSafety.isTextSafe(SecretBytes.copyOf(new byte[1]))).isFalse();
        assertThat(TextSafety.isTextSafe(Optional.empty())).isTrue();
    }

    /** By chance, 1 of 14 would not. */
    @ParameterizedTest
    @ValueSource(strings = {"coapgate", "deriving", "encrypted"})
    void keysAndNamesThatAreGivenOutPassThroughText(String audience) {
        MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
        AuthenticatedDevice device =
                Devices.authenticated(Devices.device("d1", "read", Devices.psk("id1", Validity.ALWAYS)), clock);
        AuthorizationServer server = AuthorizationServers.server(clock, IssuanceListener.NONE);
        AccessTokenRequest request =
                AccessTokenRequest.builder().audience(audience).build();
        for (int i = 0; i < 300; i++) {
            TokenOutcome.Issued issued = (TokenOutcome.Issued) server.grant(request, device);
            CoseKey key = ((Confirmation.OfKey) issued.response().key().orElseThrow()).key();
            assertThat(TextSafety.isTextSafe(key.secret().orElseThrow())).isTrue();
            assertThat(TextSafety.isTextSafe(key.keyId().orElseThrow().bytes())).isTrue();
        }
    }
}
