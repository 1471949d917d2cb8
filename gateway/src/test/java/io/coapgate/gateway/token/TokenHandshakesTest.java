package io.coapgate.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.PskIdentity;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.Authentication;
import io.coapgate.gateway.device.DeviceAuthenticator;
import io.coapgate.gateway.device.Devices;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenHandshakesTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-25T00:00:00Z"));
    private final TokenHandshakes handshakes = new TokenHandshakes(
            new TokenIntake(
                    new TokenAdmission(Cwts.settings(), Cwts.KNOWN_SCOPES, new SessionTokens(clock, 1, 10), clock),
                    Runnable::run),
            new HandshakeSettings(10, 10, Duration.ofMinutes(1), Map.of(), Map.of()),
            new DeviceAuthenticator(Devices.registry(), clock, new SecureRandom()),
            clock,
            end -> {});

    @Test
    void whateverAnIdentityContainsItIsRefusedAndNothingIsThrown() {
        byte[] token = Cwts.issuedByAs(Cwts.claims(clock.instant(), "read")
                .subject("d")
                .confirmation(Cwts.confirmation(Devices.p256().getPublic()))
                .build());
        byte[] name = PskIdentity.encode(KeyId.ofUtf8("k1"));
        Random random = new Random(9202);
        for (int i = 0; i < 3_000; i++) {
            byte[] identity = mutated(i % 2 == 0 ? token : name, random);

            assertThat(handshakes.byPskIdentity(identity).toCompletableFuture())
                    .as(HexFormat.of().formatHex(identity))
                    .isCompletedWithValueMatching(answer -> answer instanceof Authentication.Refused);
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = Arrays.copyOf(original, random.nextInt(original.length + 4));
        for (int flips = random.nextInt(4); flips >= 0 && bytes.length > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
