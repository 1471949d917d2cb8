package io.coapgate.gateway.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coapgate.gateway.RunningGateway.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The resources of ETSI's test server, as an ordinary HTTP service has them. Records what it is asked. */
final class EtsiService implements AutoCloseable {
    /** 3,000 characters of which no two blocks are alike. */
    static final String LARGE =
            IntStream.range(0, 600).mapToObj("%05d"::formatted).collect(joining());

    private static final String CREATED = "/location1/location2/location3";
    private static final Map<String, String> PLAIN = Map.of("Content-Type", "text/plain");

    private final HttpServer server;
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final CountDownLatch separate = new CountDownLatch(1);
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> contents = new ConcurrentHashMap<>();
    private final AtomicInteger version = new AtomicInteger(1);

    private record Reply(int status, Map<String, String> headers, String body) {
        static Reply text(String body) {
            return new Reply(200, PLAIN, body);
        }

        static Reply created(String location) {
            return new Reply(201, Map.of("Location", location), "");
        }

        static Reply status(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    EtsiService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(handlers);
        server.createContext("/", this::serve);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Call> calls() {
        return calls;
    }

    /** Method and target of each call. */
    List<String> called() {
        return calls.stream().map(call -> call.method() + " " + call.uri()).toList();
    }

    /** Lets all that wait at {@code /separate} be answered. */
    void release() {
        separate.countDown();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Call call = new Call(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body);
        calls.add(call);
        Reply reply = reply(call);
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(
                reply.status(), reply.body().isEmpty() ? -1 : reply.body().length());
        exchange.getResponseBody().write(reply.body().getBytes(UTF_8));
        exchange.close();
    }

    private Reply reply(Call call) {
        String path = URI.create(call.uri()).getPath();
        return switch (path) {
            case "/test" -> test(call.method());
            case "/seg1/seg2/seg3", "/query" -> Reply.text(call.uri());
            case "/separate" -> late();
            case "/location-query" -> Reply.created("/location-query?first=1&second=2");
            case "/multi-format" -> inTheFormat(header(call, "Accept"));
            case "/validate" -> call.method().equals("GET") ? validated(call) : replaced(call);
            case "/create1", "/create3" -> unlessItExists(path, call);
            case "/create2" -> create(CREATED, call);
            case "/large" -> Reply.text(LARGE);
            case "/large-create" -> create("/large-create/1", call);
            case "/large-update" -> update(path, call);
            case "/large-post" -> Reply.text(LARGE);
            default -> contents.containsKey(path) ? Reply.text(contents.get(path)) : Reply.status(404);
        };
    }

    private static @Nullable String header(Call call, String name) {
        List<String> values = call.headers().get(name);
        return values == null ? null : values.get(0);
    }

    private static Reply test(String method) {
        return switch (method) {
            case "GET" -> Reply.text("test");
            case "POST" -> Reply.created(CREATED);
            default -> Reply.status(204);
        };
    }

    private Reply late() {
        try {
            separate.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Reply.text("separate");
    }

    private static Reply inTheFormat(@Nullable String type) {
        return "application/xml".equals(type)
                ? new Reply(200, Map.of("Content-Type", "application/xml"), "<multi/>")
                : Reply.text("multi");
    }

    private Reply validated(Call call) {
        Map<String, String> headers =
                Map.of("ETag", etag(), "Content-Type", "text/plain", "Cache-Control", "max-age=30");
        return etag().equals(header(call, "If-None-Match"))
                ? new Reply(304, headers, "")
                : new Reply(200, headers, contents.getOrDefault("/validate", "version 1"));
    }

    private Reply replaced(Call call) {
        String condition = header(call, "If-Match");
        if (condition != null && !condition.equals(etag())) {
            return Reply.status(412);
        }
        version.incrementAndGet();
        contents.put("/validate", call.body());
        return new Reply(204, Map.of("ETag", etag()), "");
    }

    private String etag() {
        return "\"version-" + version + "\"";
    }

    private Reply unlessItExists(String path, Call call) {
        boolean unlessExists = "*".equals(header(call, "If-None-Match"));
        return unlessExists && contents.putIfAbsent(path, call.body()) != null
                ? Reply.status(412)
                : Reply.created(path);
    }

    private Reply create(String location, Call call) {
        contents.put(location, call.body());
        return Reply.created(location);
    }

    private Reply update(String path, Call call) {
        if (call.method().equals("GET")) {
            return Reply.text(contents.getOrDefault(path, ""));
        }
        contents.put(path, call.body());
        return Reply.status(204);
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        handlers.shutdownNow();
    }
}
