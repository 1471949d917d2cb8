package io.coapgate.simulator.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A gateway that runs as a child process until it is closed. Thread-safe. */
public final class GatewayProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 20;
    private static final int LOG_LINES = 20;

    private final Process process;
    private final GatewayDirectory directory;

    private GatewayProcess(Process process, GatewayDirectory directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Starts the gateway of this directory; it is not ready yet. */
    public static GatewayProcess start(GatewayDirectory directory, JavaCommand java) throws IOException {
        Files.deleteIfExists(directory.readyFile());
        List<String> command = java.line(
                "-jar",
                GatewayJar.locate().toString(),
                "run",
                "--config",
                directory.configuration().toString(),
                "--ready-file",
                directory.readyFile().toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.log().toFile())
                .start();
        return new GatewayProcess(process, directory);
    }

    /**
     * Waits until it is ready, and gives its addresses.
     *
     * @throws IOException if it ends, or is not ready within a minute; the message has the end of its log
     */
    public GatewayAddresses awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("the gateway ended with " + process.exitValue() + ":\n" + endOf(directory.log()));
            }
            if (Files.exists(directory.readyFile()) && Files.size(directory.readyFile()) > 0) {
                return GatewayAddresses.parse(Files.readString(directory.readyFile()));
            }
        }
        throw new IOException(
                "the gateway was not ready in " + START_TIMEOUT.toSeconds() + " s:\n" + endOf(directory.log()));
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Processor time that it has used so far; empty if it is over or the system does not say. */
    public Optional<Duration> cpu() {
        return process.info().totalCpuDuration();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, as a crash does. */
    public void kill() {
        process.destroyForcibly();
    }

    private static String endOf(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** Asks it to end, and makes it end if it takes longer than 15 seconds. */
    @Override
    public void close() {
        stop(STOP_TIMEOUT);
    }

    /** Asks it to end, and makes it end if it takes longer than that. */
    public void stop(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
