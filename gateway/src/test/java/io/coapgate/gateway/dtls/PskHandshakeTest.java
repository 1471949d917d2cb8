package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.dtls.RecordingListener.Refused;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PskHandshakeTest {
    private static final PreSharedKey KEY_A = Devices.psk("sensor-a", Validity.ALWAYS);
    private static final PreSharedKey KEY_B = Devices.psk("sensor-b", Validity.ALWAYS);
    private static final Device A = Devices.device("device-a", "r", KEY_A);
    private static final Device B = Devices.device("device-b", "r", KEY_B);

    @Nested
    class LetsIn {
        @ParameterizedTest
        @EnumSource(
                names = {
                    "TLS_PSK_WITH_AES_128_CCM_8",
                    "TLS_PSK_WITH_AES_128_CCM",
                    "TLS_PSK_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256",
                    "TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256",
                    "TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256"
                })
        void theDeviceThatHoldsTheKey(CipherSuite suite) throws Exception {
            try (DtlsServer server = DtlsServer.psk(A, B);
                    DtlsClient client = DtlsClient.psk(KEY_B, suite)) {
                EndpointContext session = client.exchange(server.address());

                assertThat(session.get(DtlsEndpointContext.KEY_CIPHER)).isEqualTo(suite.name());
                assertThat(server.lastSender().id()).isEqualTo(B.id());
                assertThat(server.lastSender().sessionKey())
                        .isEqualTo(new SessionKey.Symmetric(KEY_B.identity(), KEY_B.key()));
                assertThat(server.events().connected()).containsExactly("device-b");
                assertThat(server.events().refused()).isEmpty();
            }
        }

        @Test
        void aDeviceWhoseRegistryAnswersLaterOnAnotherThread() throws Exception {
            try (DtlsServer server = DtlsServer.psk(1_000, LaterRegistry::new, A);
                    DtlsClient client = DtlsClient.psk(KEY_A)) {
                client.exchange(server.address());

                assertThat(server.lastSender().id()).isEqualTo(A.id());
            }
        }
    }

    @Nested
    class Refuses {
        @Test
        void anUnknownIdentity() throws Exception {
            assertRefusal(
                    Devices.psk("nobody", Validity.ALWAYS), new Refused("psk:nobody", Refusal.CREDENTIAL_UNKNOWN), A);
        }

        @Test
        void aDisabledDevice() throws Exception {
            assertRefusal(KEY_A, new Refused("psk:sensor-a", Refusal.DEVICE_DISABLED), Devices.disabled(A));
        }

        @Test
        void anExpiredCredential() throws Exception {
            PreSharedKey expired = Devices.psk("old", new Validity(Instant.MIN, Certificates.NOW));
            assertRefusal(
                    expired,
                    new Refused("psk:old", Refusal.CREDENTIAL_EXPIRED),
                    Devices.device("device-a", "r", expired));
        }

        @Test
        void aCredentialThatIsNotYetValid() throws Exception {
            PreSharedKey early = Devices.psk("new", new Validity(Certificates.NOW.plusSeconds(1), Instant.MAX));
            assertRefusal(
                    early,
                    new Refused("psk:new", Refusal.CREDENTIAL_NOT_YET_VALID),
                    Devices.device("device-a", "r", early));
        }

        @Test
        void aWrongKey() throws Exception {
            PreSharedKey wrong = new PreSharedKey(KEY_A.identity(), KEY_B.key(), Validity.ALWAYS);
            assertRefusal(wrong, new Refused("psk:sensor-a", Refusal.CREDENTIAL_KEY_WRONG), A, B);
        }

        @ParameterizedTest
        @ValueSource(ints = {129, 4_000})
        void anIdentityThatIsTooLongWithoutALookUp(int length) throws Exception {
            try (DtlsServer server = DtlsServer.psk(1_000, FailingRegistry::new, A);
                    DtlsClient client =
                            DtlsClient.psk("x".repeat(length), KEY_A.key().expose())) {
                client.failure(server.address());

                server.events().awaitRefused(new Refused("psk:" + "x".repeat(64), Refusal.CREDENTIAL_UNKNOWN));
            }
        }

        @Test
        void everybodyWhenTheRegistryFails() throws Exception {
            try (DtlsServer server = DtlsServer.psk(1_000, FailingRegistry::new, A);
                    DtlsClient client = DtlsClient.psk(KEY_A)) {
                client.failure(server.address());

                server.events().awaitReason(Refusal.INTERNAL_ERROR);
                assertThat(server.senders()).isEmpty();
            }
        }

        private void assertRefusal(PreSharedKey shown, Refused expected, Device... enrolled) throws Exception {
            try (DtlsServer server = DtlsServer.psk(enrolled);
                    DtlsClient client = DtlsClient.psk(shown)) {
                client.failure(server.address());

                server.events().awaitRefused(expected);
                assertThat(server.events().connected()).isEmpty();
                assertThat(server.senders()).isEmpty();
            }
        }
    }

    @Test
    void anUnknownIdentityADisabledDeviceAndAWrongKeyLookTheSameFromOutside() throws Exception {
        Course unknown = course(KEY_B, A);
        Course disabled = course(KEY_A, Devices.disabled(A));
        Course wrongKey = course(new PreSharedKey(KEY_A.identity(), KEY_B.key(), Validity.ALWAYS), A);

        assertThat(unknown).isEqualTo(disabled).isEqualTo(wrongKey);
        assertThat(unknown.failure()).startsWith("DtlsHandshakeTimeoutException");
    }

    @Test
    void aRefusedHandshakeHoldsNoMoreThanItsHalfOpenSlot() throws Exception {
        try (DtlsServer server = DtlsServer.psk(1_000, UnaryOperator.identity(), A);
                DtlsClient client = DtlsClient.psk(KEY_B)) {
            client.failure(server.address());

            await().atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(server.listener().statistics())
                            .returns(1, DtlsStatistics::halfOpen)
                            .returns(0L, DtlsStatistics::handshakesCompleted)
                            .matches(statistics -> statistics.macErrors() > 0));
        }
    }

    private static Course course(PreSharedKey shown, Device enrolled) throws Exception {
        try (DtlsServer server = DtlsServer.psk(enrolled);
                UdpRelay relay = new UdpRelay(server.address());
                DtlsClient client = DtlsClient.psk(shown)) {
            String failure = client.failure(relay.address());
            return new Course(failure, relay.sizesFromServer());
        }
    }

    /** All that a peer can see: how it ends, and each datagram's size. */
    private record Course(String failure, List<Integer> sizesFromServer) {}
}
