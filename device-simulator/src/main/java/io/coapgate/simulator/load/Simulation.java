package io.coapgate.simulator.load;

import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.AuthorizationServer;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.launch.GatewayPorts;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.GatewaySetup.Route;
import io.coapgate.simulator.launch.GatewaySetup.TokenIssuer;
import io.coapgate.simulator.launch.GatewayTuning;
import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.LocalGateway;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Setting;
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
    private final String name;
    private final LoadPlan plan;
    private final Duration answerTimeout;
    private final Clock clock;
    private final SecureRandom random;

    /** @param name of the scenario, for the record */
    public Simulation(String name, LoadPlan plan, Duration answerTimeout, Clock clock, SecureRandom random) {
        this.name = name;
        this.plan = plan;
        this.answerTimeout = answerTimeout;
        this.clock = clock;
        this.random = random;
    }

    /** Runs the fleet against a server that knows it. */
    public RunRecord against(
            InetSocketAddress server, GatewayTrust trust, FleetMembers members, Progress progress, Stage stage)
            throws IOException, GeneralSecurityException, InterruptedException {
        Surroundings surroundings =
                new Surroundings(clock, random, stage.interruptions(Optional.empty()), Optional::empty);
        return run(server, stage.entrance(server), trust, members, progress, surroundings);
    }

    /** Starts a gateway and a service that verifies its JWTs on loopback, and runs the fleet against them. */
    public RunRecord onLoopback(FleetMembers members, Progress progress, Stage stage)
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyPair keys = KeyPairs.p256(random);
        GatewayTrust trust = new GatewayTrust(
                Optional.of(keys.getPublic()), List.of(members.pki().authority()));
        try (LocalGateway gateway = LocalGateway.start(
                setup(keys, members, stage.tuning()),
                members.enrolments(),
                LocalGateway.Service.VERIFY,
                JavaCommand.plain(),
                clock)) {
            InetSocketAddress address =
                    gateway.coaps(members.plan().credential().listener());
            Surroundings surroundings = new Surroundings(
                    clock,
                    random,
                    stage.interruptions(Optional.of(gateway)),
                    () -> gateway.process().cpu());
            return run(address, stage.entrance(address), trust, members, progress, surroundings);
        }
    }

    private static GatewaySetup setup(KeyPair keys, FleetMembers members, GatewayTuning tuning) {
        AuthorizationServer issuer = members.authorizationServer();
        return new GatewaySetup(
                keys,
                members.pki(),
                GatewayPorts.ephemeral(),
                List.of(new TokenIssuer(
                        issuer.name(), issuer.algorithm(), Pem.encode(issuer.publicKey()), derivationKey(members))),
                List.of(new Route("/**", members.plan().token() != TokenMode.SESSION)),
                tuning.withTokens(members.plan().token() == TokenMode.VIA_TOKEN));
    }

    private static Optional<SecretBytes> derivationKey(FleetMembers members) {
        return members.plan().token() == TokenMode.IN_HANDSHAKE
                ? Optional.of(members.derivationKey())
                : Optional.empty();
    }

    private RunRecord run(
            InetSocketAddress server,
            InetSocketAddress entrance,
            GatewayTrust trust,
            FleetMembers members,
            Progress progress,
            Surroundings surroundings)
            throws IOException, GeneralSecurityException, InterruptedException {
        try (DeviceRuntime runtime =
                DeviceRuntime.withThreads(Runtime.getRuntime().availableProcessors(), answerTimeout)) {
            return new LoadRun(plan, runtime, answerTimeout, surroundings)
                    .run(members.profiles(trust), entrance, setting(server, members.plan()), progress);
        }
    }

    private Setting setting(InetSocketAddress gateway, FleetPlan fleet) {
        Runtime machine = Runtime.getRuntime();
        return new Setting(
                name,
                "coaps://" + HostPort.format(gateway),
                clock.instant(),
                new Setting.Machine(
                        System.getProperty("os.name") + ' ' + System.getProperty("os.arch"),
                        machine.availableProcessors(),
                        Runtime.version().toString(),
                        machine.maxMemory()),
                new Setting.Fleet(
                        fleet.devices(),
                        fleet.credential().toString(),
                        fleet.token().toString(),
                        fleet.connectionId()));
    }
}
