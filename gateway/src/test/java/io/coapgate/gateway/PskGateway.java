package io.coapgate.gateway;

import io.coapgate.gateway.config.ConfigLoader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/**
 * A gateway that forwards everything to a service of the test's own. Devices {@code sensor-1} and {@code sensor-2} may do
 * all methods with their session alone.
 */
public final class PskGateway implements AutoCloseable {
    /** For a listener so patient that no answer comes as a separate response, however slow the machine is. */
    public static final String PATIENT = "coap: {ack-timeout: 60s, piggyback-window: 50s}";

    /** Of both devices, as text. */
    public static final String KEY = "0123456789abcdef-secret";

    /** {@code sensor-1} and {@code sensor-2}, which may do all. */
    static final String TWO_DEVICES = """
            devices:
              - {id: d1, scopes: [all], credentials: [{psk: {identity: sensor-1, key: "%1$s"}}]}
              - {id: d2, scopes: [all], credentials: [{psk: {identity: sensor-2, key: "%1$s"}}]}
            """.formatted(KEY);

    private final Gateway gateway;

    /**
     * @param listener keys of the only listener, for example {@link #PATIENT}
     * @param route keys of the only route, for example {@code response-timeout: 50s}
     */
    public PskGateway(Path directory, int servicePort, String listener, String route) throws Exception {
        this(directory, servicePort, listener, route, Clock.systemUTC());
    }

    public PskGateway(Path directory, int servicePort, String listener, String route, Clock clock) throws Exception {
        this(
                directory,
                TWO_DEVICES,
                listener,
                "url: \"http://127.0.0.1:%d\", max-response-bytes: 16KiB".formatted(servicePort),
                """
                - path: /**
                  upstream: backend
                  audience: https://backend.example
                  authenticate: session
                  methods: {GET: [all], POST: [all], PUT: [all], DELETE: [all], FETCH: [all]}
                  %s
                """.formatted(route),
                clock);
    }

    private PskGateway(Path directory, String devices, String listener, String upstream, String routes, Clock clock)
            throws Exception {
        Files.writeString(directory.resolve("devices.yaml"), devices);
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                devices: devices.yaml
                listeners:
                  - {name: psk, address: 127.0.0.1, port: 0, credentials: [psk], %s}
                upstreams:
                  backend: {%s}
                routes:
                %s
                http: {public: {port: 0}, admin: {port: 0}}
                """.formatted(
                        listener, upstream, routes.indent(2).stripTrailing()));
        gateway = Gateway.start(new ConfigLoader(Map.of()).load(file), Map.of(), clock);
    }

    /**
     * One with routes and devices of the test's own, and an upstream {@code backend}.
     *
     * @param devices the registry; {@link #TWO_DEVICES}, for example
     * @param routes a list in YAML
     */
    static PskGateway of(Path directory, int servicePort, String listener, String devices, String routes)
            throws Exception {
        String upstream = "url: \"http://127.0.0.1:%d\"".formatted(servicePort);
        return new PskGateway(directory, devices, listener, upstream, routes, Clock.systemUTC());
    }

    public RawCoapClient device(String identity) throws IOException {
        return new RawCoapClient(address(), identity, KEY);
    }

    public InetSocketAddress address() {
        return Objects.requireNonNull(gateway.addresses().coaps().get("psk"));
    }

    /** What /metrics says. */
    public String metrics() throws Exception {
        InetSocketAddress admin =
                Objects.requireNonNull(gateway.addresses().http().get("admin"));
        URI uri = URI.create("http://127.0.0.1:" + admin.getPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    /** Waits until /metrics has counted so many refusals for that reason. */
    public void awaitRefusals(String reason, int count) {
        String line = "coapgate_refusals_total{reason=\"" + reason + "\"} ";
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> Assertions.assertThat(metrics().lines().filter(other -> other.startsWith(line)))
                        .containsExactly(line + count + ".0"));
    }

    @Override
    public void close() {
        gateway.close();
    }
}
