package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.CertificateBuilder;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.CertificateIdentity;
import io.coapgate.gateway.device.CertificateIdentity.Fingerprint;
import io.coapgate.gateway.device.CertificateIdentity.SubjectAlternativeName;
import io.coapgate.gateway.device.CertificateIdentity.SubjectAlternativeName.Kind;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CertificateHandshakeTest {
    private static final Instant NOW = Certificates.NOW;
    private static final String URN = "urn:dev:mac:0024befffe804ff1";
    private static final KeyPair KEYS = Devices.p256();

    private static Certificates authority;

    @BeforeAll
    static void makeAuthority() throws Exception {
        authority = new Certificates("ca");
    }

    @Nested
    class LetsIn {
        @Test
        void byTheFingerprintOfTheCertificate() throws Exception {
            X509Certificate certificate = sign(CertificateBuilder::clientAuthentication);
            assertLetIn(KEYS, fingerprint(certificate), certificate);
        }

        @Test
        void byADnsNameWhateverItsCase() throws Exception {
            assertLetIn(
                    KEYS,
                    new SubjectAlternativeName(Kind.DNS, "device-a.example"),
                    sign(builder -> builder.clientAuthentication().dnsName("Device-A.example")));
        }

        @Test
        void byAUri() throws Exception {
            assertLetIn(
                    KEYS,
                    new SubjectAlternativeName(Kind.URI, URN),
                    sign(builder -> builder.dnsName("any.example").uri(URN)));
        }

        @Test
        void withAnEd25519Key() throws Exception {
            KeyPair ed25519 = Devices.ed25519();
            X509Certificate certificate = authority.sign(ed25519.getPublic(), CertificateBuilder::clientAuthentication);
            assertLetIn(ed25519, fingerprint(certificate), certificate);
        }

        @Test
        void withTheAuthorityBehindTheCertificate() throws Exception {
            X509Certificate certificate = sign(CertificateBuilder::clientAuthentication);
            assertLetIn(KEYS, fingerprint(certificate), certificate, authority.authority());
        }

        @Test
        void thatDeviceWhoseFingerprintItIsRatherThanTheOneOfItsName() throws Exception {
            X509Certificate certificate = sign(builder -> builder.uri(URN));
            Device byName = Devices.device("device-b", "r", credential(new SubjectAlternativeName(Kind.URI, URN)));
            Device byFingerprint = Devices.device("device-a", "r", credential(fingerprint(certificate)));
            try (DtlsServer server = DtlsServer.of(CredentialMode.X509, authority, byName, byFingerprint);
                    DtlsClient client = DtlsClient.x509(KEYS, authority.authority(), certificate)) {
                client.exchange(server.address());

                assertThat(server.lastSender().id()).isEqualTo(byFingerprint.id());
            }
        }

        @Test
        void onAListenerThatTakesEveryKindOfCredential() throws Exception {
            X509Certificate certificate = sign(CertificateBuilder::clientAuthentication);
            Device device = Devices.device("device-a", "r", credential(fingerprint(certificate)));
            try (DtlsServer server =
                            DtlsServer.of(Set.of(CredentialMode.values()), authority, LaterRegistry::new, device);
                    DtlsClient client = DtlsClient.x509(KEYS, authority.authority(), certificate)) {
                client.exchange(server.address());

                assertThat(server.lastSender().id()).isEqualTo(device.id());
            }
        }

        private void assertLetIn(KeyPair keys, CertificateIdentity identity, X509Certificate... chain)
                throws Exception {
            Device device = Devices.device("device-a", "r", credential(identity));
            try (DtlsServer server = DtlsServer.of(CredentialMode.X509, authority, device);
                    DtlsClient client = DtlsClient.x509(keys, authority.authority(), chain)) {
                client.exchange(server.address());

                assertThat(server.lastSender().id()).isEqualTo(device.id());
                assertThat(server.lastSender().sessionKey()).isEqualTo(SessionKey.Asymmetric.of(keys.getPublic()));
            }
        }
    }

    @Nested
    class Refuses {
        @Test
        void aCertificateThatIsNotEnrolled() throws Exception {
            assertRefusal(Refusal.CREDENTIAL_UNKNOWN, fingerprint(authority.authority()), sign(builder -> builder));
        }

        @Test
        void aCertificateOfAnotherAuthorityOfTheSameName() throws Exception {
            X509Certificate certificate =
                    new Certificates("ca").sign(KEYS.getPublic(), CertificateBuilder::clientAuthentication);
            assertRefusal(Refusal.CERTIFICATE_UNTRUSTED, fingerprint(certificate), certificate);
        }

        @Test
        void anExpiredCertificate() throws Exception {
            X509Certificate certificate = authority.sign(
                    KEYS.getPublic(), NOW.minus(Duration.ofHours(2)), NOW.minusSeconds(1), builder -> builder);
            assertRefusal(Refusal.CREDENTIAL_EXPIRED, fingerprint(certificate), certificate);
        }

        @Test
        void aCertificateThatIsNotYetValid() throws Exception {
            X509Certificate certificate = authority.sign(
                    KEYS.getPublic(), NOW.plusSeconds(60), NOW.plus(Duration.ofHours(2)), builder -> builder);
            assertRefusal(Refusal.CREDENTIAL_NOT_YET_VALID, fingerprint(certificate), certificate);
        }

        @Test
        void aDeviceThatWasDisabled() throws Exception {
            X509Certificate certificate = sign(builder -> builder);
            assertRefusal(
                    Refusal.DEVICE_DISABLED,
                    Devices.disabled(Devices.device("device-a", "r", credential(fingerprint(certificate)))),
                    certificate);
        }

        @Test
        void aCertificateWhoseKeyThePeerDoesNotHold() throws Exception {
            X509Certificate certificate =
                    authority.sign(Devices.p256().getPublic(), CertificateBuilder::clientAuthentication);
            assertRefusal(Refusal.CREDENTIAL_KEY_WRONG, fingerprint(certificate), certificate);
        }

        @Test
        void aPeerWithoutACertificate() throws Exception {
            Device device = Devices.device("device-a", "r", credential(new SubjectAlternativeName(Kind.URI, URN)));
            try (DtlsServer server = DtlsServer.of(CredentialMode.X509, authority, device);
                    DtlsClient client = DtlsClient.anonymous(authority.authority())) {
                client.failure(server.address());

                server.events().awaitReason(Refusal.HANDSHAKE_FAILED);
                assertThat(server.senders()).isEmpty();
            }
        }

        private void assertRefusal(Refusal reason, CertificateIdentity enrolled, X509Certificate shown)
                throws Exception {
            assertRefusal(reason, Devices.device("device-a", "r", credential(enrolled)), shown);
        }

        private void assertRefusal(Refusal reason, Device enrolled, X509Certificate shown) throws Exception {
            try (DtlsServer server = DtlsServer.of(CredentialMode.X509, authority, enrolled);
                    DtlsClient client = DtlsClient.x509(KEYS, authority.authority(), shown)) {
                assertThat(client.failure(server.address())).contains("DECRYPT_ERROR");

                server.events()
                        .awaitRefused(new RecordingListener.Refused(
                                CredentialName.certificate(CertificateIdentities.fingerprint(shown)), reason));
                assertThat(server.senders()).isEmpty();
            }
        }
    }

    private static X509Certificate sign(UnaryOperator<CertificateBuilder> extensions) throws Exception {
        return authority.sign(KEYS.getPublic(), extensions);
    }

    private static Fingerprint fingerprint(X509Certificate certificate) throws Exception {
        return new Fingerprint(Thumbprint.ofContent(certificate.getEncoded()));
    }

    private static DeviceCredential credential(CertificateIdentity identity) {
        return new DeviceCredential.X509(identity, Validity.ALWAYS);
    }
}
