package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.DuplicateEnrolmentException;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What happens between the look-up of a credential and the end of the handshake. */
class HandshakeWindowTest {
    private static final PreSharedKey KEY =
            Devices.psk("sensor-a", new Validity(Instant.MIN, Certificates.NOW.plusSeconds(60)));
    private static final Device DEVICE = Devices.device("device-a", "r", KEY);

    @Test
    void aDeviceThatIsDisabledMeanwhileGetsNoSession() throws Exception {
        try (DtlsServer server = DtlsServer.psk(DEVICE);
                DtlsClient client = DtlsClient.psk(KEY)) {
            server.meanwhile(() -> enrol(server, Devices.disabled(DEVICE)));
            assertGetsNone(server, client, Refusal.DEVICE_REVOKED);
        }
    }

    @Test
    void aCredentialThatEndsMeanwhileIsNone() throws Exception {
        try (DtlsServer server = DtlsServer.psk(DEVICE);
                DtlsClient client = DtlsClient.psk(KEY)) {
            server.meanwhile(() -> server.clock().advance(Duration.ofSeconds(60)));
            assertGetsNone(server, client, Refusal.CREDENTIAL_EXPIRED);
        }
    }

    @Test
    void whatIsLetInTheNextTimeIsAnotherSession() throws Exception {
        try (DtlsServer server = DtlsServer.psk(DEVICE);
                DtlsClient client = DtlsClient.psk(KEY)) {
            server.meanwhile(() -> enrol(server, Devices.disabled(DEVICE)));
            assertGetsNone(server, client, Refusal.DEVICE_REVOKED);
            enrol(server, DEVICE);
            client.forceResumption();
            client.exchange(server.address());

            assertThat(server.events().connected()).containsExactly("device-a");
        }
    }

    private static void enrol(DtlsServer server, Device device) {
        try {
            server.registry().replace(List.of(device));
        } catch (DuplicateEnrolmentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The peer's Finished was good: a record that is on its way already may still be read, as one of a device that fell. */
    private static void assertGetsNone(DtlsServer server, DtlsClient client, Refusal reason) {
        begin(server, client);
        server.events().awaitRefused(new RecordingListener.Refused("psk:sensor-a", reason));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(server.listener().statistics().connections()).isZero());
        assertThat(server.events().connected()).isEmpty();
        assertThat(server.senders())
                .allMatch(sender ->
                        sender.orElseThrow().standing(server.clock().instant()).isPresent());
    }

    private static void begin(DtlsServer server, DtlsClient client) {
        try {
            client.exchangeWithin(Duration.ofMillis(500), server.address());
        } catch (ExecutionException | InterruptedException e) {
            // as it should be, if not a moment late
        }
    }
}
