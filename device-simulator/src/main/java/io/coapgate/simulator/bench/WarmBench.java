package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.PskSuite;
import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The warm path: DTLS session up, CWT uploaded, JWT in the cache; a 64-byte confirmable POST is forwarded to a service that
 * answers 204. Beside it the peers, which get the same requests and no CWT. All run all the time, each on the server's
 * core, and are loaded in turn by the same client.
 */
public final class WarmBench {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx512m");
    private static final double MILLIS_PER_SECOND = 1e3;

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
        List<DeviceProfile> devices = BenchDevices.preShared(plan.devices(), PskSuite.CCM_8, clock, random);
        out.println("starting the servers ...");
        try (WarmServers servers =
                WarmServers.start(plan.contenders(), devices, cores.server(JVM_OPTIONS), clock, random)) {
            out.printf(
                    "%nPSK CCM_8 + CID, 64-byte CON POST; %s; JDK %s%n%d runs of %.1f s each in turn, medians%n",
                    cores, Runtime.version(), plan.runs(), plan.duration().toMillis() / MILLIS_PER_SECOND);
            for (int connections : plan.connections()) {
                measure(servers.servers(), devices.subList(0, connections));
            }
        }
    }

    private void measure(List<ServerUnderTest> servers, List<DeviceProfile> devices)
            throws IOException, InterruptedException {
        List<LoadGenerator> generators = new ArrayList<>();
        try (DeviceRuntime runtime = DeviceRuntime.withThreads(1, ANSWER_TIMEOUT)) {
            for (ServerUnderTest server : servers) {
                LoadGenerator generator = LoadGenerator.connect(server, devices, runtime);
                generators.add(generator);
                generator.warmUp(plan.warmUp());
            }
            if (plan.rates().isEmpty()) {
                out.printf("%n%d connections, one request in flight on each%n%n", devices.size());
                out.println(inTurn(generators, OptionalInt.empty()));
            }
            for (int rate : plan.rates()) {
                out.printf("%n%d connections, %,d requests/s offered%n%n", devices.size(), rate);
                out.println(inTurn(generators, OptionalInt.of(rate)));
            }
        } finally {
            generators.forEach(LoadGenerator::close);
        }
    }

    private WarmTable inTurn(List<LoadGenerator> generators, OptionalInt rate) throws IOException {
        Map<Contender, List<Measurement>> runs = new EnumMap<>(Contender.class);
        for (int run = 0; run < plan.runs(); run++) {
            for (LoadGenerator generator : generators) {
                Measurement measurement = rate.isPresent()
                        ? generator.offer(rate.getAsInt(), plan.duration())
                        : generator.run(plan.duration());
                runs.computeIfAbsent(generator.contender(), contender -> new ArrayList<>())
                        .add(measurement);
            }
        }
        return new WarmTable(runs, rate.isPresent());
    }
}
