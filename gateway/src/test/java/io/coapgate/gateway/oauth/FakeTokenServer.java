package io.coapgate.gateway.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An OAuth server that answers as a test tells it to, and remembers what it was asked and by how many at once. */
final class FakeTokenServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile Answers answers;

    /** @param form the first value of each parameter */
    record Question(String path, Map<String, List<String>> headers, Map<String, String> form) {
        String value(String parameter) {
            return form.getOrDefault(parameter, "(none)");
        }
    }

    record Answer(int status, Map<String, String> headers, String body) {
        static Answer json(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), body);
        }

        static Answer token(String token, String more) {
            return json(200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"" + more + "}");
        }
    }

    interface Answers {
        Answer to(Question question) throws InterruptedException;
    }

    FakeTokenServer(Answers answers) throws IOException {
        this(0, answers);
    }

    FakeTokenServer(int port, Answers answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    void answer(Answers others) {
        answers = others;
    }

    private void handle(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try (exchange) {
            Map<String, String> form = new java.util.HashMap<>();
            URLUtils.parseParameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8))
                    .forEach((name, values) -> form.put(name, values.get(0)));
            Question question =
                    new Question(exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), form);
            questions.add(question);
            Answer answer = answers.to(question);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] body = answer.body().getBytes(UTF_8);
            now.decrementAndGet();
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Question> questions() {
        return questions;
    }

    /** How many questions it had to answer at the same time. */
    int mostAtOnce() {
        return most.get();
    }

    /** A JWT that nobody will verify here. */
    static String jwt(String claims) {
        return part("{\"alg\":\"ES256\"}") + "." + part(claims) + "." + part("signature");
    }

    /** The claims of a JWT that it was sent. */
    static String claimsOf(String jwt) {
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), UTF_8);
    }

    static String headerOf(String jwt) {
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[0]), UTF_8);
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
