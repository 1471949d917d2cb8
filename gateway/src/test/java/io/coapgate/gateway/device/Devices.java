package io.coapgate.gateway.device;

import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Devices for tests. */
public final class Devices {
    private Devices() {}

    public static DeviceCredential.PreSharedKey psk(String identity, Validity validity) {
        byte[] key = ("key of " + identity + " 0123456789").getBytes(StandardCharsets.UTF_8);
        return new DeviceCredential.PreSharedKey(new PskIdentity(identity), SecretBytes.copyOf(key), validity);
    }

    public static DeviceCredential.RawPublicKey rpk(PublicKey key) {
        return DeviceCredential.RawPublicKey.of(key, Validity.ALWAYS);
    }

    public static Device device(String id, String scopes, DeviceCredential... credentials) {
        return new Device(
                new DeviceId(id),
                new Tenant("acme"),
                Map.of("model", "m1"),
                true,
                ScopeSet.parse(scopes),
                List.of(credentials));
    }

    public static Device disabled(Device device) {
        return new Device(
                device.id(), device.tenant(), device.attributes(), false, device.scopes(), device.credentials());
    }

    public static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a handshake with the device's first credential would have proved. */
    public static AuthenticatedDevice authenticated(Device device, Clock clock) {
        return authenticated(device, registry(device), clock);
    }

    public static AuthenticatedDevice authenticated(Device device, DeviceRegistry registry, Clock clock) {
        DeviceAuthenticator authenticator = new DeviceAuthenticator(registry, clock, new SecureRandom());
        DeviceCredential credential = device.credentials().get(0);
        Authentication authentication = credential instanceof DeviceCredential.PreSharedKey psk
                ? authenticator
                        .byPskIdentity(psk.identity())
                        .toCompletableFuture()
                        .join()
                : authenticator
                        .byPublicKey(((DeviceCredential.RawPublicKey) credential).key())
                        .toCompletableFuture()
                        .join();
        return ((Authentication.Accepted) authentication).device();
    }

    public static SnapshotDeviceRegistry registry(Device... devices) {
        try {
            return new SnapshotDeviceRegistry(List.of(devices));
        } catch (DuplicateEnrolmentException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
