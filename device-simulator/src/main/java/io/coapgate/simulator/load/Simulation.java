package io.coapgate.simulator.load;

import io.coapgate.crypto.key.Pem;
import io.coapgate.simulator.device.AuthorizationServer;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.launch.GatewayPorts;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.GatewaySetup.Route;
import io.coapgate.simulator.launch.GatewaySetup.TokenIssuer;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.LocalGateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A fleet, a load and a gateway brought together. */
public final class Simulation {
    private final LoadPlan plan;
    private final Duration answerTimeout;
    private final int threads;
    private final Clock clock;
    private final SecureRandom random;

    /** @param threads that the devices share */
    public Simulation(LoadPlan plan, Duration answerTimeout, int threads, Clock clock, SecureRandom random) {
        this.plan = plan;
        this.answerTimeout = answerTimeout;
        this.threads = threads;
        this.clock = clock;
        this.random = random;
    }

    /** Runs the fleet against a gateway that knows it. */
    public LoadSummary against(InetSocketAddress gateway, GatewayTrust trust, FleetMembers members, Progress progress)
            throws IOException, GeneralSecurityException, InterruptedException {
        try (DeviceRuntime runtime = DeviceRuntime.withThreads(threads, answerTimeout)) {
            return new LoadRun(plan, runtime, answerTimeout).run(members.profiles(trust), gateway, progress);
        }
    }

    /** Starts a gateway and a service that verifies its JWTs on loopback, and runs the fleet against them. */
    public LoadSummary onLoopback(FleetMembers members, Progress progress)
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyPair keys = KeyPairs.p256(random);
        AuthorizationServer issuer = members.authorizationServer();
        GatewaySetup setup = new GatewaySetup(
                keys,
                members.pki(),
                GatewayPorts.ephemeral(),
                List.of(new TokenIssuer(issuer.name(), issuer.algorithm(), Pem.encode(issuer.publicKey()))),
                List.of(new Route("/**", members.plan().token() != TokenMode.SESSION)));
        GatewayTrust trust = new GatewayTrust(
                Optional.of(keys.getPublic()), List.of(members.pki().authority()));
        try (LocalGateway gateway = LocalGateway.start(
                setup, members.enrolments(), LocalGateway.Service.VERIFY, JavaCommand.plain(), clock)) {
            InetSocketAddress address =
                    gateway.coaps(members.plan().credential().listener());
            return against(address, trust, members, progress);
        }
    }
}
