package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.launch.JavaCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What an idle session holds on the heap: after its handshake, its CWT and a forwarded request at the gateway; after its
 * handshake and a request at a bare Californium server of the same parameters. Live objects only.
 */
public final class MemoryBench {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final JavaCommand JAVA = new JavaCommand(List.of(), List.of("-Xmx2g"));
    private static final int FIRST_SESSIONS = 20; // load the classes, and are no part of the figure

    private final MemoryPlan plan;
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    public MemoryBench(MemoryPlan plan, PrintStream out, Clock clock, SecureRandom random) {
        this.plan = plan;
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    /** Measures and prints. */
    public void run() throws IOException, GeneralSecurityException, InterruptedException {
        List<DeviceProfile> devices =
                BenchDevices.preShared(FIRST_SESSIONS + plan.most(), PskSuite.CCM_8, clock, random);
        out.println("starting the servers ...");
        try (WarmServers servers =
                        WarmServers.start(List.of(Contender.LOCAL, Contender.COAPGATE), devices, JAVA, clock, random);
                DeviceRuntime runtime = DeviceRuntime.withThreads(1, ANSWER_TIMEOUT)) {
            List<List<HeapSample>> samples = samples(servers.servers(), devices, runtime);
            out.printf(
                    "%nPSK CCM_8 + CID, idle sessions, settled for %d s; JDK %s%n%n%s%n",
                    plan.settling().toSeconds(), Runtime.version(), new MemoryTable(samples.get(0), samples.get(1)));
        }
    }

    /** Of each server, the samples by number of sessions; they settle side by side. */
    private List<List<HeapSample>> samples(
            List<ServerUnderTest> servers, List<DeviceProfile> devices, DeviceRuntime runtime)
            throws IOException, InterruptedException {
        List<SessionHeap> heaps = new ArrayList<>();
        for (ServerUnderTest server : servers) {
            heaps.add(SessionHeap.of(server, devices.subList(0, FIRST_SESSIONS), runtime));
        }
        List<DeviceProfile> counted = devices.subList(FIRST_SESSIONS, devices.size());
        int there = 0;
        for (int wanted : plan.sessions()) {
            for (SessionHeap heap : heaps) {
                heap.add(counted.subList(there, wanted));
                out.printf("%s: %,d sessions%n", heap.title(), wanted);
            }
            there = wanted;
            settle(heaps);
        }
        return heaps.stream().map(SessionHeap::samples).toList();
    }

    private void settle(List<SessionHeap> heaps) throws IOException, InterruptedException {
        out.printf("waiting %d s until they have settled ...%n", plan.settling().toSeconds());
        TimeUnit.SECONDS.sleep(plan.settling().toSeconds());
        for (SessionHeap heap : heaps) {
            heap.settled();
        }
    }
}
