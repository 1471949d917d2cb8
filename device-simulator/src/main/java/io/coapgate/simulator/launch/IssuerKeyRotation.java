package io.coapgate.simulator.launch;

import io.coapgate.crypto.jose.VerifiedJwt;
import io.coapgate.simulator.upstream.ReceivedRequest;
import io.coapgate.simulator.upstream.ResourceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets the gateway's next issuer keys take over while it runs, by the command that operators use. Stateless. */
final class IssuerKeyRotation {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;

    private final GatewayDirectory files;
    private final ResourceServer service;

    IssuerKeyRotation(GatewayDirectory files, ResourceServer service) {
        this.files = files;
        this.service = service;
    }

    /**
     * Returns when the service has accepted a JWT of the new key.
     *
     * @throws IOException if the command refuses, or no such JWT comes within a minute
     */
    void run(JavaCommand java) throws IOException, InterruptedException {
        String before = latestKey();
        command(java);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (latestKey().equals(before)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the service got no JWT of a new key within a minute");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void command(JavaCommand java) throws IOException, InterruptedException {
        Path output = files.path().resolve("keys.log");
        Process process = new ProcessBuilder(java.line(
                        "-jar",
                        GatewayJar.locate().toString(),
                        "keys",
                        "rotate",
                        "--now",
                        "--config",
                        files.configuration().toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new IOException("keys rotate did not succeed:\n" + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Of the latest request; empty before the first. */
    private String latestKey() {
        return service.lastRequest()
                .flatMap(ReceivedRequest::jwt)
                .map(VerifiedJwt::keyId)
                .orElse("");
    }
}
