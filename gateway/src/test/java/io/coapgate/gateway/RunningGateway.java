package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coapgate.gateway.config.ConfigLoader;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A gateway with an HTTP service behind it that records what it gets. Under {@code /open} the service answers {@code ok},
 * under {@code /open/large} 3,000 digits, under {@code /open/echo} what it was sent, and under {@code /open/slow} only
 * after {@link #release()}. Changes under {@code /fresh} want an Echo. Devices {@code d1} and {@code d2} may do everything there with their session alone.
 */
public final class RunningGateway implements AutoCloseable {
    public static final String LARGE = "0123456789".repeat(300);
    private static final String PATIENT = "coap: {ack-timeout: 60s, piggyback-window: 50s}";
    private static final String KEY = "0123456789abcdef-secret";

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final HttpServer service;
    private final Gateway gateway;

    /** What the service got. */
    public record Call(String method, String uri, Map<String, List<String>> headers, String body) {}

    /**
     * @param listener keys of the only listener, for example {@code coap: {nstart: 1}}. Without them it is on 127.0.0.1, and
     *     so patient that no answer comes as a separate response, however slow the machine is
     * @param more sections of gateway.yaml
     */
    public RunningGateway(Path directory, String listener, String more) throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(handlers);
        service.createContext("/", this::answer);
        service.start();
        Files.writeString(directory.resolve("devices.yaml"), """
                devices:
                  - {id: d1, scopes: [all], credentials: [{psk: {identity: sensor-1, key: "%1$s"}}]}
                  - {id: d2, scopes: [all], credentials: [{psk: {identity: sensor-2, key: "%1$s"}}]}
                """.formatted(KEY));
        String keys = Stream.of(
                        listener,
                        listener.contains("address:") ? "" : "address: 127.0.0.1",
                        listener.contains("coap:") ? "" : PATIENT)
                .filter(key -> !key.isEmpty())
                .collect(Collectors.joining(", "));
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                devices: devices.yaml
                listeners:
                  - {name: psk, port: 0, credentials: [psk], %s}
                upstreams:
                  backend: {url: "http://127.0.0.1:%d", max-response-bytes: 10000}
                routes:
                  - path: /open/**
                    upstream: backend
                    audience: https://backend.example
                    authenticate: session
                    methods: {GET: [all], POST: [all], PUT: [all], DELETE: [all], FETCH: [all]}
                    max-body: 2KiB
                    response-timeout: 50s
                  - path: /fresh
                    upstream: backend
                    audience: https://backend.example
                    authenticate: session
                    methods: {GET: [all], POST: [all]}
                    max-body: 2KiB
                    freshness: 1h
                http: {public: {port: 0}, admin: {port: 0}}
                %s
                """.formatted(
                        keys, service.getAddress().getPort(), more));
        gateway = Gateway.start(new ConfigLoader(Map.of()).load(file), Map.of(), Clock.systemUTC());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        calls.add(new Call(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
        if (path.startsWith("/open/slow")) {
            await();
        }
        String text = path.startsWith("/open/large") ? LARGE : path.startsWith("/open/echo") ? body : "ok";
        exchange.getResponseHeaders().add("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, text.isEmpty() ? -1 : text.length());
        exchange.getResponseBody().write(text.getBytes(UTF_8));
        exchange.close();
    }

    private void await() {
        try {
            slow.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets all that wait under {@code /open/slow} be answered. */
    public void release() {
        slow.countDown();
    }

    public RawCoapClient device(String identity) throws IOException {
        return new RawCoapClient(address(), identity, KEY);
    }

    public InetSocketAddress address() {
        return Objects.requireNonNull(gateway.addresses().coaps().get("psk"));
    }

    public List<Call> calls() {
        return calls;
    }

    /** Method and path of each call. */
    public List<String> called() {
        return calls.stream().map(call -> call.method() + " " + call.uri()).toList();
    }

    /** What /metrics says. */
    public String metrics() throws Exception {
        return get("admin", "/metrics");
    }

    /** What services find at the gateway's own public listener. */
    public String publicDocument(String path) throws Exception {
        return get("public", path);
    }

    private String get(String listener, String path) throws Exception {
        InetSocketAddress address =
                Objects.requireNonNull(gateway.addresses().http().get(listener));
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        release();
        gateway.close();
        service.stop(0);
        handlers.shutdownNow();
    }
}
