package io.coapgate.gateway.device;

import static io.coapgate.gateway.device.Devices.device;
import static io.coapgate.gateway.device.Devices.disabled;
import static io.coapgate.gateway.device.Devices.psk;
import static io.coapgate.gateway.device.Devices.registry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.refusal.Refusal;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceAuthenticatorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    private Authentication byPsk(SnapshotDeviceRegistry registry, String identity) {
        return new DeviceAuthenticator(registry, clock, new SecureRandom())
                .byPskIdentity(new PskIdentity(identity))
                .toCompletableFuture()
                .join();
    }

    private static AuthenticatedDevice accepted(Authentication authentication) {
        assertThat(authentication).isInstanceOf(Authentication.Accepted.class);
        return ((Authentication.Accepted) authentication).device();
    }

    @Test
    void acceptsAnEnrolledPskAndHandsOutItsKey() {
        Device device = device("d1", "read", psk("id1", Validity.ALWAYS));
        AuthenticatedDevice authenticated = accepted(byPsk(registry(device), "id1"));
        assertThat(authenticated.device()).isEqualTo(device);
        assertThat(authenticated.sessionKey())
                .isEqualTo(new SessionKey.Symmetric(
                        new PskIdentity("id1"), psk("id1", Validity.ALWAYS).key()));
        assertThat(authenticated.standing(NOW)).isEmpty();
    }

    @Test
    void refusesAnUnknownIdentity() {
        assertThat(byPsk(registry(), "id1")).isEqualTo(new Authentication.Refused(Refusal.CREDENTIAL_UNKNOWN));
    }

    @Test
    void refusesADisabledDevice() {
        Device device = disabled(device("d1", "", psk("id1", Validity.ALWAYS)));
        assertThat(byPsk(registry(device), "id1")).isEqualTo(new Authentication.Refused(Refusal.DEVICE_DISABLED));
    }

    @Test
    void refusesACredentialBeforeAndAfterItsTime() {
        Device early = device("d1", "", psk("id1", new Validity(NOW.plusMillis(1), Instant.MAX)));
        Device late = device("d1", "", psk("id1", new Validity(Instant.MIN, NOW)));
        Device justBegun = device("d1", "", psk("id1", new Validity(NOW, NOW.plusMillis(1))));
        assertThat(byPsk(registry(early), "id1"))
                .isEqualTo(new Authentication.Refused(Refusal.CREDENTIAL_NOT_YET_VALID));
        assertThat(byPsk(registry(late), "id1")).isEqualTo(new Authentication.Refused(Refusal.CREDENTIAL_EXPIRED));
        assertThat(byPsk(registry(justBegun), "id1")).isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void findsARawPublicKeyByItsThumbprint() {
        KeyPair pair = Devices.p256();
        Device device = device("d1", "", Devices.rpk(pair.getPublic()));
        AuthenticatedDevice authenticated = Devices.authenticated(device, clock);
        assertThat(authenticated.sessionKey()).isEqualTo(SessionKey.Asymmetric.of(pair.getPublic()));
        assertThat(authenticated.sessionKey())
                .isNotEqualTo(SessionKey.Asymmetric.of(Devices.p256().getPublic()));
    }

    @Test
    void oldAndNewCredentialOverlapInARotation() {
        Device device = device(
                "d1", "", psk("old", new Validity(Instant.MIN, NOW.plusSeconds(60))), psk("new", Validity.ALWAYS));
        assertThat(accepted(byPsk(registry(device), "old")).id())
                .isEqualTo(accepted(byPsk(registry(device), "new")).id());
    }

    @Test
    void aSessionSeesRegistryChangesAtOnce() throws Exception {
        Device before = device("d1", "read", psk("id1", Validity.ALWAYS));
        SnapshotDeviceRegistry registry = registry(before);
        AuthenticatedDevice session = Devices.authenticated(before, registry, clock);
        Device after = device("d1", "read write", psk("id1", Validity.ALWAYS));

        registry.replace(List.of(after));
        assertThat(session.device().scopes()).isEqualTo(ScopeSet.of("read", "write"));
        assertThat(session.standing(NOW)).isEmpty();

        registry.replace(List.of(disabled(after)));
        assertThat(session.standing(NOW)).contains(Refusal.DEVICE_REVOKED);
    }

    @Test
    void aSessionFallsWithItsCredentialOrItsDevice() throws Exception {
        Device device = device("d1", "read", psk("old", Validity.ALWAYS), psk("new", Validity.ALWAYS));
        SnapshotDeviceRegistry registry = registry(device);
        AuthenticatedDevice session = Devices.authenticated(device, registry, clock);

        registry.replace(List.of(device("d1", "read", psk("new", Validity.ALWAYS))));
        assertThat(session.standing(NOW)).contains(Refusal.DEVICE_REVOKED);

        registry.replace(List.of(device));
        assertThat(session.standing(NOW)).isEmpty();

        registry.replace(List.of());
        assertThat(session.standing(NOW)).contains(Refusal.DEVICE_REVOKED);
        assertThat(session.device().scopes()).isEqualTo(ScopeSet.EMPTY);
    }

    @Test
    void aSessionEndsWithItsCredentialsTime() {
        Device device = device("d1", "", psk("id1", new Validity(Instant.MIN, NOW.plusSeconds(60))));
        AuthenticatedDevice session = Devices.authenticated(device, clock);
        assertThat(session.standing(NOW.plusSeconds(59))).isEmpty();
        assertThat(session.standing(NOW.plusSeconds(60))).contains(Refusal.CREDENTIAL_EXPIRED);
    }

    @Test
    void aSessionEndsWithItsCertificate() {
        CertificateIdentity identity = new CertificateIdentity.SubjectAlternativeName(
                CertificateIdentity.SubjectAlternativeName.Kind.DNS, "d1.example");
        Device device =
                device("d1", "", new DeviceCredential.X509(identity, new Validity(Instant.MIN, NOW.plusSeconds(120))));
        AuthenticatedDevice session = accepted(new DeviceAuthenticator(registry(device), clock, new SecureRandom())
                .byCertificate(List.of(identity), Devices.p256().getPublic(), NOW.plusSeconds(60))
                .toCompletableFuture()
                .join());
        assertThat(session.notAfter()).isEqualTo(NOW.plusSeconds(60));
        assertThat(session.standing(NOW.plusSeconds(59))).isEmpty();
        assertThat(session.standing(NOW.plusSeconds(60))).contains(Refusal.CREDENTIAL_EXPIRED);
    }

    @Test
    void refusesTwoDevicesWithOneCredentialAndKeepsTheOldState() {
        Device first = device("d1", "", psk("id1", Validity.ALWAYS));
        SnapshotDeviceRegistry registry = registry(first);
        assertThatThrownBy(() -> registry.replace(List.of(first, device("d2", "", psk("id1", Validity.ALWAYS)))))
                .isInstanceOf(DuplicateEnrolmentException.class)
                .hasMessageContaining("d1")
                .hasMessageContaining("d2");
        assertThat(accepted(byPsk(registry, "id1")).id()).isEqualTo(first.id());
        assertThat(registry.size()).isEqualTo(1);
    }

    @Test
    void tellsNothingSecret() {
        Device device = device("d1", "", psk("id1", Validity.ALWAYS));
        AuthenticatedDevice session = Devices.authenticated(device, clock);
        assertThat(session + " " + session.device() + " " + session.credential() + " " + session.sessionKey())
                .doesNotContain("key of")
                .doesNotContain("6b6579");
    }
}
