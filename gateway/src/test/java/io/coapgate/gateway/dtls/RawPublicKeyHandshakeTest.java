package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.dtls.RecordingListener.Refused;
import io.coapgate.gateway.refusal.Refusal;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RawPublicKeyHandshakeTest {
    private static final KeyPair P256 = Devices.p256();
    private static final KeyPair ED25519 = Devices.ed25519();

    static Stream<KeyPair> keys() {
        return Stream.of(P256, ED25519);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void letsInTheDeviceThatHoldsTheKey(KeyPair keys) throws Exception {
        Device device = Devices.device("device-a", "r", Devices.rpk(keys.getPublic()));
        try (DtlsServer server = server(device);
                DtlsClient client = DtlsClient.rpk(keys)) {
            client.exchange(server.address());

            assertThat(server.lastSender().id()).isEqualTo(device.id());
            assertThat(server.lastSender().sessionKey()).isEqualTo(SessionKey.Asymmetric.of(keys.getPublic()));
            assertThat(server.events().connected()).containsExactly("device-a");
        }
    }

    @Test
    void letsInADeviceWhoseRegistryAnswersLaterOnAnotherThread() throws Exception {
        Device device = Devices.device("device-a", "r", Devices.rpk(P256.getPublic()));
        try (DtlsServer server =
                        DtlsServer.of(Set.of(CredentialMode.RPK), new Certificates("ca"), LaterRegistry::new, device);
                DtlsClient client = DtlsClient.rpk(P256)) {
            client.exchange(server.address());

            assertThat(server.lastSender().id()).isEqualTo(device.id());
        }
    }

    @Test
    void refusesAKeyThatIsNotEnrolled() throws Exception {
        KeyPair others = Devices.p256();
        assertRefusal(
                P256,
                new Refused(name(P256.getPublic()), Refusal.CREDENTIAL_UNKNOWN),
                Devices.device("device-a", "r", Devices.rpk(others.getPublic())));
    }

    @Test
    void refusesADisabledDevice() throws Exception {
        assertRefusal(
                P256,
                new Refused(name(P256.getPublic()), Refusal.DEVICE_DISABLED),
                Devices.disabled(Devices.device("device-a", "r", Devices.rpk(P256.getPublic()))));
    }

    @Test
    void refusesAnExpiredCredential() throws Exception {
        Validity ended = new Validity(Instant.MIN, Certificates.NOW);
        assertRefusal(
                ED25519,
                new Refused(name(ED25519.getPublic()), Refusal.CREDENTIAL_EXPIRED),
                Devices.device("device-a", "r", DeviceCredential.RawPublicKey.of(ED25519.getPublic(), ended)));
    }

    @Test
    void refusesAnEnrolledKeyThatThePeerDoesNotHold() throws Exception {
        assertRefusal(
                new KeyPair(P256.getPublic(), Devices.p256().getPrivate()),
                new Refused(name(P256.getPublic()), Refusal.CREDENTIAL_KEY_WRONG),
                Devices.device("device-a", "r", Devices.rpk(P256.getPublic())));
    }

    @Test
    void aKeyThatIsNotEnrolledAndOneThatIsNotHeldLookTheSameFromOutside() throws Exception {
        Device device = Devices.device("device-a", "r", Devices.rpk(P256.getPublic()));

        assertThat(failure(Devices.p256(), device))
                .isEqualTo(failure(new KeyPair(P256.getPublic(), Devices.p256().getPrivate()), device))
                .isEqualTo(failure(P256, Devices.disabled(device)))
                .contains("DECRYPT_ERROR");
    }

    /** In mode "wanted" such a peer came in, with no principal at all. */
    @Test
    void letsInNobodyWhoseKeyIsOfAnAlgorithmThatIsNotOffered() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed448");
        generator.initialize(NamedParameterSpec.ED448);
        KeyPair ed448 = generator.generateKeyPair();
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair p384 = ec.generateKeyPair();
        Device device = Devices.device("device-a", "r", Devices.rpk(ed448.getPublic()), Devices.rpk(p384.getPublic()));
        try (DtlsServer server = server(device);
                DtlsClient edwards = DtlsClient.rpk(ed448);
                DtlsClient weierstrass = DtlsClient.rpk(p384)) {
            edwards.failure(server.address());
            weierstrass.failure(server.address());

            assertThat(server.senders()).isEmpty();
            assertThat(server.events().connected()).isEmpty();
        }
    }

    private static void assertRefusal(KeyPair shown, Refused expected, Device enrolled) throws Exception {
        try (DtlsServer server = server(enrolled);
                DtlsClient client = DtlsClient.rpk(shown)) {
            client.failure(server.address());

            server.events().awaitRefused(expected);
            assertThat(server.events().connected()).isEmpty();
            assertThat(server.senders()).isEmpty();
        }
    }

    private static String failure(KeyPair shown, Device enrolled) throws Exception {
        try (DtlsServer server = server(enrolled);
                UdpRelay relay = new UdpRelay(server.address());
                DtlsClient client = DtlsClient.rpk(shown)) {
            return client.failure(relay.address());
        }
    }

    private static DtlsServer server(Device device) throws Exception {
        return DtlsServer.of(CredentialMode.RPK, new Certificates("ca"), device);
    }

    private static String name(PublicKey key) {
        return "rpk:" + Thumbprint.ofSubjectPublicKeyInfo(key).base64Url();
    }
}
