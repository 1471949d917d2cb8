package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.launch.GatewayPorts;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.GatewaySetup.Route;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.LocalGateway;
import io.coapgate.simulator.launch.Pki;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** The gateway as all benchmarks run it: one route, which needs a CWT, to a service that answers 204 at once. */
final class BenchGateway {
    private BenchGateway() {}

    static GatewaySetup setup(Clock clock, SecureRandom random) throws GeneralSecurityException {
        return new GatewaySetup(
                KeyPairs.p256(random),
                new Pki(KeyPairs.p256(random), clock, random),
                GatewayPorts.ephemeral(),
                List.of(),
                List.of(new Route("/" + PeerServer.RESOURCE + "/**", true)));
    }

    /** Starts it with these devices enrolled, and waits until it is ready. */
    static LocalGateway start(GatewaySetup setup, List<DeviceProfile> devices, JavaCommand java, Clock clock)
            throws IOException, GeneralSecurityException, InterruptedException {
        return LocalGateway.start(
                setup, BenchDevices.enrolments(devices), LocalGateway.Service.ANSWER_AT_ONCE, java, clock);
    }
}
