package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.crypto.key.CertificateBuilder;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.CertificateIdentity.Fingerprint;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.util.Bytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final PreSharedKey KEY_A = Devices.psk("sensor-a", Validity.ALWAYS);
    private static final PreSharedKey KEY_B = Devices.psk("sensor-b", Validity.ALWAYS);
    private static final Device A = Devices.device("device-a", "r", KEY_A);
    private static final Device B = Devices.device("device-b", "r", KEY_B);

    @Nested
    class ConnectionIds {
        @Test
        void haveSixBytes() throws Exception {
            try (DtlsServer server = DtlsServer.psk(A);
                    DtlsClient client = DtlsClient.psk(KEY_A)) {
                Bytes id = client.exchange(server.address()).get(DtlsEndpointContext.KEY_WRITE_CONNECTION_ID);

                assertThat(id.length()).isEqualTo(6);
            }
        }

        @Test
        void keepTheSessionWhenTheAddressOfTheDeviceChanges() throws Exception {
            try (DtlsServer server = DtlsServer.psk(A);
                    UdpRelay relay = new UdpRelay(server.address());
                    DtlsClient client = DtlsClient.psk(KEY_A)) {
                client.exchange(relay.address());
                relay.rebind();
                client.exchange(relay.address());

                assertThat(server.senders())
                        .hasSize(2)
                        .containsOnly(server.senders().get(0));
                assertThat(server.events().connected()).hasSize(1);
            }
        }
    }

    @Nested
    class Resumption {
        @Test
        void keepsTheDeviceAndAsksForTheCookieAgain() throws Exception {
            try (DtlsServer server = DtlsServer.psk(A, B);
                    UdpRelay relay = new UdpRelay(server.address());
                    DtlsClient client = DtlsClient.psk(KEY_A)) {
                EndpointContext first = client.exchange(relay.address());
                AuthenticatedDevice proof = server.lastSender();
                client.forceResumption();
                EndpointContext second = client.exchange(relay.address());

                assertThat(second.get(DtlsEndpointContext.KEY_SESSION_ID))
                        .isEqualTo(first.get(DtlsEndpointContext.KEY_SESSION_ID));
                assertThat(server.lastSender()).isSameAs(proof);
                assertThat(relay.cookiesAskedFor()).isEqualTo(2);
                assertThat(server.events().connected()).containsExactly("device-a", "device-a");
            }
        }

        @Test
        void isDeniedToADeviceThatWasDisabledSince() throws Exception {
            try (DtlsServer server = DtlsServer.psk(A);
                    DtlsClient client = DtlsClient.psk(KEY_A)) {
                client.exchange(server.address());
                server.registry().replace(List.of(Devices.disabled(A)));
                client.forceResumption();
                client.failure(server.address());

                assertThat(server.senders()).hasSize(1);
                server.events().awaitReason(Refusal.DEVICE_DISABLED);
            }
        }

        @Test
        void isDeniedToACredentialThatWasWithdrawnSince() throws Exception {
            try (DtlsServer server = DtlsServer.psk(A);
                    DtlsClient client = DtlsClient.psk(KEY_A)) {
                client.exchange(server.address());
                server.registry().replace(List.of(Devices.device("device-a", "r", KEY_B)));
                client.forceResumption();
                client.failure(server.address());

                server.events().awaitReason(Refusal.CREDENTIAL_UNKNOWN);
            }
        }

        @Test
        void isDeniedToACertificateThatExpiredSince() throws Exception {
            Certificates authority = new Certificates("ca");
            KeyPair keys = Devices.p256();
            X509Certificate certificate = authority.sign(
                    keys.getPublic(),
                    Certificates.NOW.minusSeconds(60),
                    Certificates.NOW.plusSeconds(60),
                    CertificateBuilder::clientAuthentication);
            Device device = Devices.device(
                    "device-a",
                    "r",
                    new DeviceCredential.X509(
                            new Fingerprint(Thumbprint.ofContent(certificate.getEncoded())), Validity.ALWAYS));
            try (DtlsServer server = DtlsServer.of(CredentialMode.X509, authority, device);
                    DtlsClient client = DtlsClient.x509(keys, authority.authority(), certificate)) {
                client.exchange(server.address());
                server.clock().advance(Duration.ofMinutes(2));
                client.forceResumption();
                client.failure(server.address());

                server.events().awaitReason(Refusal.CREDENTIAL_EXPIRED);
            }
        }
    }

    @Nested
    class Termination {
        @Test
        void cutsALiveSessionAndLeavesTheOthersAlone() throws Exception {
            try (DtlsServer server = DtlsServer.psk(A, B);
                    DtlsClient a = DtlsClient.psk(KEY_A);
                    DtlsClient b = DtlsClient.psk(KEY_B)) {
                a.exchange(server.address());
                b.exchange(server.address());
                server.listener().terminate(device -> device.id().equals(A.id()));
                awaitConnections(server, 1);

                b.exchange(server.address());
                assertSilent(() -> a.exchangeWithin(Duration.ofMillis(300), server.address()));
                assertThat(server.senders()).hasSize(3);
                assertThat(server.lastSender().id()).isEqualTo(B.id());
            }
        }

        @Test
        void leavesNothingToResume() throws Exception {
            try (DtlsServer server = DtlsServer.psk(A);
                    DtlsClient client = DtlsClient.psk(KEY_A)) {
                Bytes first = client.exchange(server.address()).get(DtlsEndpointContext.KEY_SESSION_ID);
                server.listener().terminate(device -> true);
                awaitConnections(server, 0);
                client.forceResumption();
                Bytes second = client.exchange(server.address()).get(DtlsEndpointContext.KEY_SESSION_ID);

                assertThat(second).isNotEqualTo(first);
                assertThat(server.senders().get(0))
                        .isNotEqualTo(server.senders().get(1));
            }
        }

        private void assertSilent(ThrowingCallable exchange) {
            Assertions.assertThatExceptionOfType(ExecutionException.class).isThrownBy(exchange);
        }
    }

    @Nested
    class Sessions {
        @Test
        void ofOneDeviceAreToldApart() throws Exception {
            try (DtlsServer server = DtlsServer.psk(A);
                    DtlsClient first = DtlsClient.psk(KEY_A);
                    DtlsClient second = DtlsClient.psk(KEY_A)) {
                first.exchange(server.address());
                AuthenticatedDevice proof = server.lastSender();
                second.exchange(server.address());
                assertThat(server.lastSender().session()).isNotEqualTo(proof.session());

                first.exchange(server.address());
                assertThat(server.lastSender()).isSameAs(proof);
            }
        }

        /** Scandium would give the older session the principal of the newer one, as their names are equal. */
        @Test
        void keepTheirOwnDeviceWhenThePskIdentityIsGivenToAnother() throws Exception {
            PreSharedKey reused = new PreSharedKey(KEY_A.identity(), KEY_B.key(), Validity.ALWAYS);
            try (DtlsServer server = DtlsServer.psk(A);
                    DtlsClient before = DtlsClient.psk(KEY_A);
                    DtlsClient after = DtlsClient.psk(reused)) {
                before.exchange(server.address());
                server.registry().replace(List.of(Devices.device("device-b", "r", reused)));
                after.exchange(server.address());
                assertThat(server.lastSender().id()).isEqualTo(B.id());

                before.exchange(server.address());
                assertThat(server.lastSender().id()).isEqualTo(A.id());
                assertThat(server.lastSender().standing(Certificates.NOW)).contains(Refusal.DEVICE_REVOKED);
            }
        }

        @Test
        void ofOneDeviceAreBoundedAndTheOldestGoes() throws Exception {
            List<DtlsClient> clients = new ArrayList<>();
            try (DtlsServer server = DtlsServer.psk(A, B);
                    DtlsClient other = DtlsClient.psk(KEY_B)) {
                other.exchange(server.address());
                for (int i = 0; i < 17; i++) {
                    clients.add(DtlsClient.psk(KEY_A));
                    clients.get(i).exchange(server.address());
                }
                awaitConnections(server, 17);

                clients.get(1).exchange(server.address());
                other.exchange(server.address());
                assertThat(server.events().connected()).hasSize(18);
            } finally {
                clients.forEach(DtlsClient::close);
            }
        }
    }

    private static void awaitConnections(DtlsServer server, int expected) {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> server.listener().statistics().connections() == expected);
    }
}
