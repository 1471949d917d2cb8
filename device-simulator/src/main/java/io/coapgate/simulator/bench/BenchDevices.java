package io.coapgate.simulator.bench;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.device.SelfIssuedTokens;
import io.coapgate.simulator.device.TokenGrant;
import io.coapgate.simulator.launch.Enrolment;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.KeyPairs;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes devices to measure with, each with a key of its own and CWTs that it issues itself. */
final class BenchDevices {
    private static final int PSK_BYTES = 16;
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private BenchDevices() {}

    /** Devices with a pre-shared key and connection ID. */
    static List<DeviceProfile> preShared(int count, PskSuite suite, Clock clock, SecureRandom random) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String id = "psk-" + suite.name().toLowerCase(Locale.ROOT) + '-' + i;
                    return device(
                            id,
                            new Credential.PreSharedKey(id, SecretBytes.random(PSK_BYTES, random), suite),
                            clock,
                            random);
                })
                .toList();
    }

    /** Devices with a raw public key on P-256, which expect that of the server. */
    static List<DeviceProfile> rawPublicKeys(int count, PublicKey server, Clock clock, SecureRandom random)
            throws GeneralSecurityException {
        List<DeviceProfile> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Credential rpk = new Credential.RawPublicKey(KeyPairs.p256(random), server);
            devices.add(device("rpk-" + i, rpk, clock, random));
        }
        return List.copyOf(devices);
    }

    private static DeviceProfile device(String id, Credential credential, Clock clock, SecureRandom random) {
        TokenGrant grant = new TokenGrant(GatewaySetup.AUDIENCE, GatewaySetup.WRITE_SCOPE, TOKEN_LIFETIME);
        return DeviceProfile.of(id, credential).withTokens(new SelfIssuedTokens(id, credential, grant, clock, random));
    }

    /** As the gateway's registry has them. */
    static List<Enrolment> enrolments(List<DeviceProfile> devices) {
        return devices.stream()
                .map(device -> new Enrolment(
                        device.id(),
                        "bench",
                        Map.of("model", "bench"),
                        List.of(GatewaySetup.WRITE_SCOPE),
                        device.credential()))
                .toList();
    }
}
