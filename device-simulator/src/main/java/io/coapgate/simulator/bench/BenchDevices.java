package io.coapgate.simulator.bench;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.device.SelfIssuedTokens;
import io.coapgate.simulator.device.TokenGrant;
import io.coapgate.simulator.launch.Enrolment;
import io.coapgate.simulator.launch.GatewaySetup;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes devices to measure with, each with a key of its own and CWTs that it issues itself. */
final class BenchDevices {
    private static final int PSK_BYTES = 16;
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private BenchDevices() {}

    /** Devices with a pre-shared key and connection ID. */
    static List<DeviceProfile> preShared(int count, PskSuite suite, Clock clock, SecureRandom random) {
        TokenGrant grant = new TokenGrant(GatewaySetup.AUDIENCE, GatewaySetup.WRITE_SCOPE, TOKEN_LIFETIME);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String id = "bench-" + i;
                    Credential psk = new Credential.PreSharedKey(id, SecretBytes.random(PSK_BYTES, random), suite);
                    return DeviceProfile.of(id, psk).withTokens(new SelfIssuedTokens(id, psk, grant, clock, random));
                })
                .toList();
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
