package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handshakes of which one datagram after the other is lost, each in its turn and once (RFC 6347 §4.2.4). */
@Timeout(120)
class HandshakeLossTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final PreSharedKey KEY = Devices.psk("sensor-a", Validity.ALWAYS);
    private static final KeyPair P256 = Devices.p256();

    private interface Switch {
        DtlsClient on() throws IOException;
    }

    @Test
    void aDeviceWithAKeyGetsInWhateverIsLost() throws Exception {
        try (DtlsServer server = DtlsServer.psk(Devices.device("device-a", "r", KEY))) {
            assertThat(lossesOvercome(server, () -> DtlsClient.persistentPsk(KEY), UdpRelay::loseToServer))
                    .isGreaterThanOrEqualTo(3);
            assertThat(lossesOvercome(server, () -> DtlsClient.persistentPsk(KEY), UdpRelay::loseToDevice))
                    .isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aDeviceWithARawPublicKeyGetsInWhateverIsLost() throws Exception {
        Device device = Devices.device("device-a", "r", Devices.rpk(P256.getPublic()));
        try (DtlsServer server = DtlsServer.of(CredentialMode.RPK, new Certificates("ca"), device)) {
            assertThat(lossesOvercome(server, () -> DtlsClient.persistentRpk(P256), UdpRelay::loseToServer))
                    .isGreaterThanOrEqualTo(3);
            assertThat(lossesOvercome(server, () -> DtlsClient.persistentRpk(P256), UdpRelay::loseToDevice))
                    .isGreaterThanOrEqualTo(3);
        }
    }

    /** Loses the first, then the second, and so on until there is none to lose. @return how many there were */
    private static int lossesOvercome(DtlsServer server, Switch device, ObjIntConsumer<UdpRelay> lose)
            throws Exception {
        for (int number = 1; ; number++) {
            try (UdpRelay relay = new UdpRelay(server.address());
                    DtlsClient client = device.on()) {
                lose.accept(relay, number);
                client.exchangeWithin(PATIENCE, relay.address());
                if (!relay.hasLost()) {
                    return number - 1;
                }
            }
        }
    }
}
