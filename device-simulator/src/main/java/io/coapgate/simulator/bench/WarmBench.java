package io.coapgate.simulator.bench;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.device.SelfIssuedTokens;
import io.coapgate.simulator.device.TokenGrant;
import io.coapgate.simulator.launch.Enrolment;
import io.coapgate.simulator.launch.GatewayPorts;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.GatewaySetup.Route;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.LocalGateway;
import io.coapgate.simulator.launch.Pki;
import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The warm path: DTLS session up, CWT uploaded, JWT in the cache; a 64-byte confirmable POST is forwarded to a service that
 * answers 204. Beside it a bare Californium server that answers 2.04 itself. Both run all the time, each on the server's
 * core, and are loaded in turn by the same client.
 */
public final class WarmBench {
    private static final int PSK_BYTES = 16;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
    private static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx512m");

    private final WarmPlan plan;
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    public WarmBench(WarmPlan plan, PrintStream out, Clock clock, SecureRandom random) {
        this.plan = plan;
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    /** Measures and prints; the figures are as good as the machine is quiet. */
    public void run() throws IOException, GeneralSecurityException, InterruptedException {
        Cores cores = Cores.ofThisMachine();
        cores.moveClientAside();
        JavaCommand java = cores.server(JVM_OPTIONS);
        List<DeviceProfile> devices = devices();
        out.println("starting the servers ...");
        try (LocalGateway gateway = gateway(devices, java);
                BareServerProcess bare = BareServerProcess.start(devices, java);
                DeviceRuntime runtime = DeviceRuntime.withThreads(1, ANSWER_TIMEOUT);
                LoadGenerator onBare = LoadGenerator.connect(
                        new ServerUnderTest("bare Californium", bare.pid(), bare.awaitReady(), false),
                        devices,
                        runtime);
                LoadGenerator onGateway = LoadGenerator.connect(
                        new ServerUnderTest("coapgate", gateway.process().pid(), gateway.coaps("psk"), true),
                        devices,
                        runtime)) {
            out.println("warming up ...");
            onBare.warmUp(plan);
            onGateway.warmUp(plan);
            List<Measurement> bareRuns = new ArrayList<>();
            List<Measurement> gatewayRuns = new ArrayList<>();
            for (int run = 1; run <= plan.runs(); run++) {
                bareRuns.add(onBare.run(plan.duration()));
                gatewayRuns.add(onGateway.run(plan.duration()));
                out.printf("run %d of %d%n", run, plan.runs());
            }
            out.println();
            out.println(new WarmTable(plan, cores.toString()).of(bareRuns, gatewayRuns));
        }
    }

    private LocalGateway gateway(List<DeviceProfile> devices, JavaCommand java)
            throws IOException, GeneralSecurityException, InterruptedException {
        GatewaySetup setup = new GatewaySetup(
                KeyPairs.p256(random),
                new Pki(KeyPairs.p256(random), clock, random),
                GatewayPorts.ephemeral(),
                List.of(),
                List.of(new Route("/telemetry/**", true)));
        List<Enrolment> enrolments = devices.stream()
                .map(device -> new Enrolment(
                        device.id(),
                        "bench",
                        Map.of("model", "bench"),
                        List.of(GatewaySetup.WRITE_SCOPE),
                        device.credential()))
                .toList();
        return LocalGateway.start(setup, enrolments, LocalGateway.Service.ANSWER_AT_ONCE, java, clock);
    }

    private List<DeviceProfile> devices() {
        TokenGrant grant = new TokenGrant(GatewaySetup.AUDIENCE, GatewaySetup.WRITE_SCOPE, TOKEN_LIFETIME);
        return IntStream.range(0, plan.connections())
                .mapToObj(i -> {
                    String id = "bench-" + i;
                    Credential psk =
                            new Credential.PreSharedKey(id, SecretBytes.random(PSK_BYTES, random), PskSuite.CCM_8);
                    return DeviceProfile.of(id, psk).withTokens(new SelfIssuedTokens(id, psk, grant, clock, random));
                })
                .toList();
    }
}
