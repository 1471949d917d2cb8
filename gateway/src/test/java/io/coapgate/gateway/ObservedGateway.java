package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.token.Cwts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway with an HTTP service behind it whose resources a test changes. Under {@code /obs} they can be observed by
 * session, under {@code /live} by events, under {@code /cwt} with a CWT, under {@code /plain} not at all. {@code /obs/whoami} is another thing for each
 * device: its id.
 */
final class ObservedGateway implements AutoCloseable {
    static final String KEY = "0123456789abcdef-secret";

    private final Path directory;
    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Queue<HttpExchange> streams = new ConcurrentLinkedQueue<>();
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final HttpServer service;
    private final Gateway gateway;

    /** What the service answers; an entity-tag is made of it. */
    private record State(int status, String type, String body) {}

    /**
     * @param observe keys of {@code observe}
     * @param listener keys of {@code coap} of the only listener
     * @param more sections of gateway.yaml
     */
    ObservedGateway(Path directory, String observe, String listener, String more) throws Exception {
        this.directory = directory;
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(handlers);
        service.createContext("/", this::answer);
        service.start();
        enrol(true);
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                devices: devices.yaml
                listeners:
                  - {name: psk, address: 127.0.0.1, port: 0, credentials: [psk], coap: {%2$s}}
                upstreams:
                  backend: {url: "http://127.0.0.1:%3$d"}
                routes:
                  - {path: /obs/**, upstream: backend, audience: a, authenticate: session, methods: {GET: [all], PUT: [all], FETCH: [all]}, observe: {%1$s}}
                  - {path: /cwt/**, upstream: backend, audience: a, methods: {GET: [all]}, observe: {%1$s}}
                  - {path: /live/**, upstream: backend, audience: a, authenticate: session, methods: {GET: [all]}, observe: {feed: events, media-type: text/plain}}
                  - {path: /plain/**, upstream: backend, audience: a, authenticate: session, methods: {GET: [all]}}
                http: {public: {port: 0}, admin: {port: 0}}
                %4$s
                """.formatted(
                        observe, listener, service.getAddress().getPort(), more));
        gateway = Gateway.start(new ConfigLoader(Map.of()).load(file), Map.of(), Clock.systemUTC());
    }

    /** @param all whether d1 is enabled; d2 always is */
    void enrol(boolean all) throws IOException {
        Files.writeString(directory.resolve("devices.yaml"), """
                devices:
                  - {id: d1, enabled: %2$s, scopes: [all], credentials: [{psk: {identity: sensor-1, key: "%1$s"}}]}
                  - {id: d2, scopes: [all], credentials: [{psk: {identity: sensor-2, key: "%1$s"}}]}
                """.formatted(KEY, all));
    }

    void serve(String path, String body) {
        serve(path, 200, "text/plain", body);
    }

    void serve(String path, int status, String type, String body) {
        states.put(path, new State(status, type, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
        byte[] put = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("PUT")) {
            serve(path, new String(put, UTF_8));
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        if ("text/event-stream".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
            streams.add(exchange);
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(": welcome\n\n".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            return; // and leaves it open
        }
        State state = path.endsWith("/whoami")
                ? new State(
                        200,
                        "text/plain",
                        subject(exchange)
                                + states.getOrDefault(path, new State(200, "", ""))
                                        .body())
                : states.getOrDefault(path, new State(404, "", ""));
        byte[] body = state.body().getBytes(UTF_8);
        String etag = "\"" + Integer.toHexString(state.hashCode()) + "\"";
        if (state.status() == 200) {
            exchange.getResponseHeaders().add("Content-Type", state.type());
            exchange.getResponseHeaders().add("ETag", etag);
        }
        if (state.status() == 200 && etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            exchange.sendResponseHeaders(state.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** Says this on every stream; @return on how many */
    int tell(String text) throws IOException {
        int told = 0;
        for (HttpExchange stream : streams) {
            stream.getResponseBody().write(text.getBytes(UTF_8));
            stream.getResponseBody().flush();
            told++;
        }
        return told;
    }

    void endStreams() {
        streams.forEach(HttpExchange::close);
        streams.clear();
    }

    /** Streams that have been asked for and not ended here. */
    int streams() {
        return streams.size();
    }

    private static String subject(HttpExchange exchange) {
        String jwt = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
        String claims = new String(
                Base64.getUrlDecoder().decode(jwt.substring(jwt.indexOf('.') + 1, jwt.lastIndexOf('.'))), UTF_8);
        return claims.replaceAll(".*\"sub\":\"([^\"]*)\".*", "$1");
    }

    int calls(String path) {
        return calls.getOrDefault(path, new AtomicInteger()).get();
    }

    /** A self-issued token of device d1. */
    static byte[] token(Instant end) {
        return Cwts.selfIssued(
                "d1",
                SecretBytes.copyOf(KEY.getBytes(UTF_8)),
                Cwts.claims(Clock.systemUTC().instant(), "all")
                        .subject("d1")
                        .expiresAt(end)
                        .build());
    }

    InetSocketAddress address() {
        return Objects.requireNonNull(gateway.addresses().coaps().get("psk"));
    }

    RawCoapClient device(String identity) throws IOException {
        return new RawCoapClient(address(), identity, KEY);
    }

    Gateway gateway() {
        return gateway;
    }

    /** The value of a series at /metrics. */
    double metric(String series) {
        try {
            return value(series);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private double value(String series) throws Exception {
        InetSocketAddress admin =
                Objects.requireNonNull(gateway.addresses().http().get("admin"));
        URI uri = URI.create("http://127.0.0.1:" + admin.getPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        gateway.close();
        service.stop(0);
        handlers.shutdownNow();
    }
}
