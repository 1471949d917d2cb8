package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.launch.GatewayDirectory;
import io.coapgate.simulator.launch.GatewayProcess;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.PrivateFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long {@code coapgate run} takes from nothing to the first device that has shaken hands and got an answer: as it is,
 * and from an archive of classes that an earlier run left behind.
 */
public final class StartBench {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration ARCHIVING = Duration.ofMinutes(2);
    private static final InetSocketAddress NO_SERVICE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    private final StartPlan plan;
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    public StartBench(StartPlan plan, PrintStream out, Clock clock, SecureRandom random) {
        this.plan = plan;
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    /** Measures and prints; the figures are as good as the machine is quiet. */
    public void run() throws IOException, GeneralSecurityException, InterruptedException {
        Path directory = PrivateFiles.temporaryDirectory("coapgate-start-");
        List<DeviceProfile> devices = BenchDevices.preShared(1, PskSuite.CCM_8, clock, random);
        try (DeviceRuntime runtime = DeviceRuntime.withThreads(1, ANSWER_TIMEOUT)) {
            GatewayDirectory gateway = GatewayDirectory.write(
                    directory, BenchGateway.setup(clock, random), NO_SERVICE, BenchDevices.enrolments(devices));
            Starts starts = new Starts(gateway, devices.get(0), runtime);
            ClassArchive archive = new ClassArchive(
                    directory.resolve("classes"), Runtime.version().feature());
            out.printf("making the %s ...%n", archive.title());
            starts.once(archive.making(), ARCHIVING); // and warms this client up
            List<StartSample> plain = new ArrayList<>();
            List<StartSample> archived = new ArrayList<>();
            for (int run = 0; run < plan.runs(); run++) {
                plain.add(starts.once(List.of(), ARCHIVING));
                archived.add(starts.once(archive.using(), ARCHIVING));
            }
            out.printf(
                    "%n%d starts each in turn, medians; JDK %s%n%n%s%n",
                    plan.runs(), Runtime.version(), new StartTable(archive.title(), plain, archived));
        } finally {
            PrivateFiles.delete(directory);
        }
    }

    /** Starts one gateway after the other. */
    private record Starts(GatewayDirectory gateway, DeviceProfile device, DeviceRuntime runtime) {
        StartSample once(List<String> options, Duration patience) throws IOException, InterruptedException {
            long begin = System.nanoTime();
            GatewayProcess process = GatewayProcess.start(gateway, new JavaCommand(List.of(), options));
            try {
                InetSocketAddress address = process.awaitReady().coaps("psk");
                long ready = System.nanoTime();
                try (LeanClient client = LeanClient.start(device, address, runtime)) {
                    // 4.01 without a CWT, which is an answer as good as any.
                    client.once(Datagrams.telemetry()).get(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                }
                return new StartSample(Duration.ofNanos(ready - begin), Duration.ofNanos(System.nanoTime() - begin));
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("the gateway did not answer", e);
            } finally {
                process.stop(patience);
            }
        }
    }
}
