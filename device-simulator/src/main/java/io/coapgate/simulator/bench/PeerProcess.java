package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a {@link BareServer} as a child process until it is closed. */
final class BareServerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 20;
    private static final long STOP_SECONDS = 5;

    private final Process process;
    private final Path directory;
    private final Thread hook;

    private BareServerProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        this.hook = new Thread(process::destroyForcibly, "bare-server-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a server that knows these devices, all of which have a pre-shared key. */
    static BareServerProcess start(List<DeviceProfile> devices, JavaCommand java) throws IOException {
        Path directory = PrivateFiles.temporaryDirectory("coapgate-bare-");
        Process process = new ProcessBuilder(java.line(
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareServer.class.getName(),
                        directory.resolve("ready").toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        BareServerProcess server = new BareServerProcess(process, directory);
        try (OutputStream keys = process.getOutputStream()) {
            keys.write(devices.stream()
                    .map(BareServerProcess::line)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8));
        }
        return server;
    }

    private static String line(DeviceProfile device) {
        Credential.PreSharedKey psk = (Credential.PreSharedKey) device.credential();
        return psk.identity() + ' ' + HexFormat.of().formatHex(psk.key().expose());
    }

    long pid() {
        return process.pid();
    }

    InetSocketAddress awaitReady() throws IOException, InterruptedException {
        Path ready = directory.resolve("ready");
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("the bare server ended:\n" + Files.readString(directory.resolve("log")));
            }
            if (Files.exists(ready)) {
                return HostPort.parse(Files.readString(ready));
            }
        }
        throw new IOException("the bare server was not ready in time");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(hook);
        PrivateFiles.delete(directory);
    }
}
