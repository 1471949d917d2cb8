package io.coapgate.simulator.bench;

import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs a peer as a child process until it is closed. */
final class PeerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;
    private static final long STOP_SECONDS = 5;

    private final Process process;
    private final Path directory;
    private final Thread hook;

    private PeerProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        this.hook = new Thread(process::destroyForcibly, "peer-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a program of this class path; it is not ready yet.
     *
     * @param arguments what it is told, given the file for its address
     * @param keys for its standard input
     */
    static PeerProcess start(String program, Function<Path, PeerArguments> arguments, String keys, JavaCommand java)
            throws IOException {
        Path directory = PrivateFiles.temporaryDirectory("coapgate-peer-");
        List<String> line = new ArrayList<>(List.of("-cp", classPath(), program));
        line.addAll(arguments.apply(directory.resolve("ready")).toList());
        Process process = new ProcessBuilder(java.line(line.toArray(String[]::new)))
                .directory(directory.toFile()) // proxy2 writes its defaults where it runs
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PeerProcess peer = new PeerProcess(process, directory);
        try (OutputStream input = process.getOutputStream()) {
            input.write(keys.getBytes(StandardCharsets.UTF_8));
        }
        return peer;
    }

    /** This program's, for a process that runs elsewhere. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    long pid() {
        return process.pid();
    }

    /** @throws IOException if it ends, or is not ready within a minute; the message has its log */
    InetSocketAddress awaitReady() throws IOException, InterruptedException {
        Path ready = directory.resolve("ready");
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("a peer ended:\n" + Files.readString(directory.resolve("log")));
            }
            if (Files.exists(ready)) {
                return HostPort.parse(Files.readString(ready));
            }
        }
        throw new IOException("a peer was not ready in time:\n" + Files.readString(directory.resolve("log")));
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
