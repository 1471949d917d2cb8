package io.coapgate.simulator.launch;

import io.coapgate.crypto.jose.JwtPolicy;
import io.coapgate.simulator.upstream.ResourceServer;
import io.coapgate.simulator.upstream.ResourceServerSettings;
import io.coapgate.simulator.upstream.ResourceServerSettings.TokenTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A gateway as a child process and the service behind it in this one, on loopback, with all files in a temporary
 * directory that goes when they go. Thread-safe.
 */
public final class LocalGateway implements AutoCloseable {
    private static final Duration LEEWAY = Duration.ofSeconds(5);
    private static final Duration KEY_REFRESH = Duration.ofSeconds(2);
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");

    private final Cleanup cleanup;
    private final GatewayDirectory files;
    private final LocalService service;
    private final JavaCommand java;
    private final GatewayAddresses addresses;
    private volatile GatewayProcess process;

    private LocalGateway(
            Cleanup cleanup,
            GatewayDirectory files,
            LocalService service,
            JavaCommand java,
            GatewayProcess process,
            GatewayAddresses addresses) {
        this.cleanup = cleanup;
        this.files = files;
        this.service = service;
        this.java = java;
        this.process = process;
        this.addresses = addresses;
    }

    /** What the service behind the gateway does. */
    public enum Service {
        /** Verifies each JWT and answers 200 with its verdict. */
        VERIFY_AND_TELL,
        /** Verifies each JWT and answers 204. */
        VERIFY,
        /** Answers 204 to everything, for measuring. */
        ANSWER_AT_ONCE
    }

    /** Starts both and waits until they are ready. */
    public static LocalGateway start(
            GatewaySetup setup, List<Enrolment> enrolments, Service service, JavaCommand java, Clock clock)
            throws IOException, GeneralSecurityException, InterruptedException {
        AtomicReference<URI> keys = new AtomicReference<>(NOWHERE);
        Cleanup cleanup = Cleanup.registered();
        try {
            Path directory = PrivateFiles.temporaryDirectory("coapgate-");
            cleanup.add(() -> PrivateFiles.delete(directory));
            LocalService upstream = LocalService.start(settings(service, setup.tuning(), keys), clock);
            cleanup.add(upstream);
            GatewayDirectory files = GatewayDirectory.write(directory, setup, upstream.address(), enrolments);
            GatewayProcess process = GatewayProcess.start(files, java);
            cleanup.add(process);
            GatewayAddresses addresses = process.awaitReady();
            keys.set(URI.create("http://" + HostPort.format(addresses.http("public")) + "/.well-known/jwks.json"));
            files.configure(setup.at(GatewayPorts.of(addresses)), upstream.address());
            return new LocalGateway(cleanup, files, upstream, java, process, addresses);
        } catch (IOException | GeneralSecurityException | InterruptedException | RuntimeException e) {
            cleanup.close();
            throw e;
        }
    }

    private static ResourceServerSettings settings(Service service, GatewayTuning tuning, AtomicReference<URI> keys) {
        if (service == Service.ANSWER_AT_ONCE) {
            return ResourceServerSettings.unverified(loopback(0));
        }
        JwtPolicy policy = new JwtPolicy(GatewaySetup.ISSUER, GatewaySetup.SERVICE, LEEWAY);
        return new ResourceServerSettings(
                loopback(0),
                Optional.of(new TokenTrust(keys::get, policy, KEY_REFRESH)),
                Map.of(
                        "GET", GatewaySetup.READ_SCOPE,
                        "POST", GatewaySetup.WRITE_SCOPE,
                        "PUT", GatewaySetup.WRITE_SCOPE,
                        "DELETE", GatewaySetup.WRITE_SCOPE),
                service == Service.VERIFY ? ResourceServerSettings.NO_CONTENT : ResourceServerSettings.OK,
                tuning.serviceDelay());
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The gateway's configuration, in the temporary directory. */
    public GatewayDirectory files() {
        return files;
    }

    public ResourceServer upstream() {
        return service.server();
    }

    /** Ends the service, and so every request fails from now on. */
    public void stopService() {
        service.close();
    }

    /** Starts the service again. */
    public void startService() throws IOException {
        service.start();
    }

    /**
     * Ends the gateway and starts it again on the same ports; returns when it is ready.
     *
     * @param kill at once, instead of asking it to end
     */
    public void restart(boolean kill) throws IOException, InterruptedException {
        if (kill) {
            process.kill();
        }
        process.close();
        process = GatewayProcess.start(files, java);
        cleanup.add(process);
        process.awaitReady();
    }

    /** Lets its next issuer keys take over; returns when the service has got a JWT of the new one. */
    public void rotateIssuerKeys() throws IOException, InterruptedException {
        new IssuerKeyRotation(files, service.server()).run(java);
    }

    public GatewayProcess process() {
        return process;
    }

    public GatewayAddresses addresses() {
        return addresses;
    }

    /** The DTLS endpoint of that listener: {@code psk}, {@code rpk} or {@code x509}. */
    public InetSocketAddress coaps(String listener) {
        return addresses.coaps(listener);
    }

    /** Stops the gateway, then the service, and deletes the directory. */
    @Override
    public void close() {
        cleanup.close();
    }
}
