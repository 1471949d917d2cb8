package io.coapgate.simulator.bench;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.LocalGateway;
import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All devices connect at once, as after a power cut: a full handshake, a CWT that the gateway verifies, a JWT that it
 * mints, and a request that it forwards. Beside it a bare Californium server of the same suites, which does the handshake
 * and answers the request itself: once with the gateway's cryptography, and, where keys are asymmetric, once with the JDK's.
 */
public final class StormBench {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    /** Enough for the sessions of all runs, which the servers keep: a device that connects again leaves its last one behind. */
    private static final List<String> JVM_OPTIONS = List.of("-Xms4g", "-Xmx4g");

    private static final double MILLIS_PER_SECOND = 1e3;

    private final StormPlan plan;
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    public StormBench(StormPlan plan, PrintStream out, Clock clock, SecureRandom random) {
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
        GatewaySetup setup = BenchGateway.setup(clock, random);
        out.printf(
                "%d devices connect at a time; %s; JDK %s%n%d runs of %.1f s each in turn, medians%n",
                plan.atOnce(),
                cores,
                Runtime.version(),
                plan.runs(),
                plan.duration().toMillis() / MILLIS_PER_SECOND);
        for (HandshakeKind kind : plan.handshakes()) {
            measure(kind, devices(kind, setup), setup, java);
        }
    }

    private List<DeviceProfile> devices(HandshakeKind kind, GatewaySetup setup) throws GeneralSecurityException {
        return switch (kind) {
            case PSK -> BenchDevices.preShared(plan.devices(), PskSuite.CCM_8, clock, random);
            case ECDHE_PSK -> BenchDevices.preShared(plan.devices(), PskSuite.ECDHE_CCM_8, clock, random);
            case RPK -> BenchDevices.rawPublicKeys(plan.devices(), setup.keys().getPublic(), clock, random);
        };
    }

    /** All servers are new for each kind: what earlier sessions left on their heaps would count for the next kind. */
    private void measure(HandshakeKind kind, List<DeviceProfile> devices, GatewaySetup setup, JavaCommand java)
            throws IOException, GeneralSecurityException, InterruptedException {
        List<StormGenerator> generators = new ArrayList<>();
        try (LocalGateway gateway = BenchGateway.start(setup, devices, java, clock);
                DeviceRuntime runtime = DeviceRuntime.withThreads(1, ANSWER_TIMEOUT);
                StormServers servers =
                        StormServers.beside(gateway, kind, PeerKeys.format(setup.keys(), devices), java)) {
            for (StormServer server : servers.servers()) {
                generators.add(StormGenerator.open(server, devices, plan.atOnce(), runtime, clock, random));
            }
            out.printf("%n%s%n%n%s%n", kind.title(), inTurn(generators));
        } catch (KeyFormatException e) {
            throw new GeneralSecurityException("a key can't be written", e);
        } finally {
            generators.forEach(StormGenerator::close);
        }
    }

    private StormTable inTurn(List<StormGenerator> generators) throws IOException, InterruptedException {
        for (StormGenerator generator : generators) {
            generator.warmUp(plan.warmUp());
        }
        Map<String, List<Measurement>> runs = new LinkedHashMap<>();
        for (int run = 0; run < plan.runs(); run++) {
            for (StormGenerator generator : generators) {
                runs.computeIfAbsent(generator.server().title(), title -> new ArrayList<>())
                        .add(generator.run(plan.duration()));
            }
        }
        return new StormTable(runs);
    }
}
