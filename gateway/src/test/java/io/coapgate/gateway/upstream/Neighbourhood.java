package io.coapgate.gateway.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers and upstreams of one test; closed after it, the upstreams first. */
final class Neighbourhood implements AfterEachCallback {
    static final UpstreamName NAME = new UpstreamName("things");
    static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";
    static final BearerToken TOKEN = new BearerToken("a.b.c", Instant.EPOCH);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    <T extends AutoCloseable> T closing(T resource) {
        opened.add(0, resource);
        return resource;
    }

    RawServer server(RawServer.Script script) throws IOException {
        return closing(RawServer.start(script));
    }

    RawServer answering(String response) throws IOException {
        return closing(RawServer.answering(response));
    }

    /** Where nobody listens. */
    static URI nowhere() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    static UpstreamSettings settings(URI... targets) {
        return new UpstreamSettings(
                NAME,
                List.of(targets),
                new ConnectionSettings(HttpVersion.HTTP_1_1, 8, 100, 64, Duration.ofSeconds(2), 4096),
                TlsSource.JDK,
                FailureSettings.DEFAULT);
    }

    static UpstreamSettings settings(RawServer... servers) {
        return settings(Arrays.stream(servers).map(RawServer::url).toArray(URI[]::new));
    }

    /** Without a breaker. */
    static FailureSettings without(EjectionSettings ejection) {
        BreakerSettings all = BreakerSettings.DEFAULT;
        return new FailureSettings(
                Optional.empty(),
                ejection,
                new BreakerSettings(
                        false, all.failurePercent(), all.window(), all.minimum(), all.openFor(), all.probes()));
    }

    Upstream open(UpstreamSettings settings) {
        return only(upstreams(settings));
    }

    Upstreams upstreams(UpstreamSettings settings) {
        return upstreams(settings, System::nanoTime);
    }

    Upstreams upstreams(UpstreamSettings settings, LongSupplier nanoTime) {
        Upstreams upstreams = Upstreams.open(List.of(settings), 1, nanoTime);
        closing(() -> upstreams.close().toCompletableFuture().get(5, SECONDS));
        return upstreams;
    }

    static Upstream only(Upstreams upstreams) {
        return requireNonNull(upstreams.byName().get(NAME));
    }

    static UpstreamRequest request(HttpMethod method, Duration timeout) {
        byte[] body = (method == HttpMethod.POST ? "x" : "").getBytes(US_ASCII);
        return new UpstreamRequest(method, "/t", List.of(), TOKEN, body, timeout);
    }

    static UpstreamRequest get() {
        return request(HttpMethod.GET, Duration.ofSeconds(8));
    }

    static UpstreamRequest post() {
        return request(HttpMethod.POST, Duration.ofSeconds(8));
    }

    static UpstreamResponse answer(CompletionStage<UpstreamResponse> stage) throws Exception {
        return stage.toCompletableFuture().get(10, SECONDS);
    }

    static int status(CompletionStage<UpstreamResponse> stage) throws Exception {
        return answer(stage).status();
    }

    static UpstreamException failure(CompletionStage<UpstreamResponse> stage) throws Exception {
        try {
            UpstreamResponse response = stage.toCompletableFuture().get(10, SECONDS);
            throw new AssertionError("answered " + response);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UpstreamException failure) {
                return failure;
            }
            throw new AssertionError("not an UpstreamException", e.getCause());
        }
    }

    static List<CompletableFuture<UpstreamResponse>> parallel(int count, Upstream upstream, UpstreamRequest request) {
        List<CompletableFuture<UpstreamResponse>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(upstream.send(request).toCompletableFuture());
        }
        return answers;
    }
}
