package io.coapgate.gateway.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenersTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-03T04:05:06Z"), ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<JwkSet> keys = new AtomicReference<>(freshKeys());
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicBoolean broken = new AtomicBoolean();
    private final Metrics metrics = new Metrics();
    private HttpListeners listeners;

    HttpListenersTest() throws IOException {
        listeners = start(8);
    }

    @BeforeEach
    void addGauge() {
        metrics.gauge("coapgate_sessions", "Sessions", () -> 7);
    }

    @AfterEach
    void close() throws Exception {
        listeners.close().toCompletableFuture().get(10, SECONDS);
    }

    private HttpListeners start(int maxConnections) throws IOException {
        HttpListenerSettings settings = settings(0, maxConnections);
        return HttpListeners.start(
                settings,
                new PublicDocuments(
                        this::keys,
                        Optional.empty(),
                        Duration.ofMinutes(5),
                        new IssuerMetadata(
                                "https://gw.example",
                                URI.create("https://gw.example/.well-known/jwks.json"),
                                List.of("client_credentials"))),
                settings,
                new Operations(
                        List.of(new HealthCheck("registry", () -> true), new HealthCheck("listeners", ready::get)),
                        metrics),
                CLOCK);
    }

    private static HttpListenerSettings settings(int port, int maxConnections) {
        return new HttpListenerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), maxConnections, Duration.ofSeconds(1));
    }

    private JwkSet keys() {
        if (broken.get()) {
            throw new IllegalStateException("secret");
        }
        return keys.get();
    }

    private static JwkSet freshKeys() {
        return JwkSet.of(List.of(JwtSigningKey.generate(JwtAlgorithm.ES256, RANDOM)));
    }

    private static URI uri(InetSocketAddress address, String path) {
        return URI.create("http://127.0.0.1:" + address.getPort() + path);
    }

    private HttpResponse<String> send(InetSocketAddress address, String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(address, path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> publicly(String method, String path, String... headers)
            throws IOException, InterruptedException {
        return send(listeners.publicAddress(), method, path, headers);
    }

    private HttpResponse<String> admin(String path, String... headers) throws IOException, InterruptedException {
        return send(listeners.adminAddress(), "GET", path, headers);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Nested
    class TheKeys {
        private static final String PATH = "/.well-known/jwks.json";

        @Test
        void arePublishedForAWhile() throws Exception {
            HttpResponse<String> response = publicly("GET", PATH);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(keys.get().toJson());
            assertThat(header(response, "content-type")).isEqualTo("application/jwk-set+json");
            assertThat(header(response, "cache-control")).isEqualTo("public, max-age=300");
            assertThat(header(response, "etag")).isEqualTo(keys.get().entityTag());
            assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
            assertThat(header(response, "date")).isEqualTo("Wed, 03 Jun 2026 04:05:06 GMT");
        }

        @Test
        void areNotSentAgainToWhoHasThem() throws Exception {
            String tag = keys.get().entityTag();

            for (String condition : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
                HttpResponse<String> response = publicly("GET", PATH, "If-None-Match", condition);
                assertThat(response.statusCode()).as(condition).isEqualTo(304);
                assertThat(response.body()).isEmpty();
                assertThat(header(response, "etag")).isEqualTo(tag);
                assertThat(header(response, "cache-control")).isEqualTo("public, max-age=300");
            }
        }

        @Test
        void areSentAgainWhenTheyHaveChanged() throws Exception {
            String tag = keys.get().entityTag();
            keys.set(freshKeys());

            HttpResponse<String> response = publicly("GET", PATH, "If-None-Match", tag);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(keys.get().toJson());
        }

        @Test
        void canBeAskedForTheirHeadersOnly() throws Exception {
            HttpResponse<String> response = publicly("HEAD", PATH);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(header(response, "content-length"))
                    .isEqualTo(String.valueOf(keys.get().toJson().length()));
        }

        @Test
        void failWithoutDetail() throws Exception {
            broken.set(true);

            HttpResponse<String> response = publicly("GET", PATH);

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).isEqualTo("Internal Server Error\n");
            assertThat(header(response, "cache-control")).isEqualTo("no-store");
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACK"})
        void takeNoOtherMethod(String method) throws Exception {
            HttpResponse<String> response = publicly(method, PATH);

            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(header(response, "allow")).isEqualTo("GET, HEAD");
        }
    }

    @Nested
    class TheIssuersMetadata {
        @Test
        void nameIssuerKeysAndGrants() throws Exception {
            HttpResponse<String> response = publicly("GET", "/.well-known/oauth-authorization-server");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "content-type")).isEqualTo("application/json");
            assertThat(response.body())
                    .isEqualTo("{\"issuer\":\"https://gw.example\","
                            + "\"jwks_uri\":\"https://gw.example/.well-known/jwks.json\","
                            + "\"response_types_supported\":[],"
                            + "\"grant_types_supported\":[\"client_credentials\"]}");
        }

        @Test
        void areFoundUnderTheIssuersPath() {
            assertThat(metadata("https://gw.example/").path()).isEqualTo("/.well-known/oauth-authorization-server");
            assertThat(metadata("https://gw.example/a/b").path())
                    .isEqualTo("/.well-known/oauth-authorization-server/a/b");
            assertThat(metadata("coapgate").path()).isEqualTo("/.well-known/oauth-authorization-server");
        }

        @Test
        void quoteWhatJsonWantsQuoted() {
            assertThat(metadata("a\"b\\c\u0001é").toJson()).startsWith("{\"issuer\":\"a\\\"b\\\\c\\u0001\\u00e9\",");
        }

        private static IssuerMetadata metadata(String issuer) {
            return new IssuerMetadata(issuer, URI.create("https://gw.example/jwks"), List.of());
        }
    }

    @Nested
    class Health {
        @Test
        void showsThatTheProcessLives() throws Exception {
            HttpResponse<String> response = admin("/livez");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"status\":\"live\"}");
            assertThat(header(response, "cache-control")).isEqualTo("no-store");
        }

        @Test
        void turnsWithItsChecks() throws Exception {
            assertThat(admin("/readyz").statusCode()).isEqualTo(200);
            assertThat(admin("/readyz").body())
                    .isEqualTo("{\"status\":\"ready\",\"checks\":{\"registry\":\"ok\",\"listeners\":\"ok\"}}");

            ready.set(false);
            assertThat(admin("/readyz").statusCode()).isEqualTo(503);
            assertThat(admin("/readyz").body())
                    .isEqualTo("{\"status\":\"unready\",\"checks\":{\"registry\":\"ok\",\"listeners\":\"failed\"}}");

            ready.set(true);
            assertThat(admin("/readyz").statusCode()).isEqualTo(200);
        }

        @Test
        void failsWithACheckThatThrows() {
            HealthCheck broken = new HealthCheck("broken", () -> {
                throw new IllegalStateException("secret");
            });

            assertThat(broken.passes()).isFalse();
        }
    }

    @Nested
    class TheMetrics {
        @Test
        void comeAsPrometheusText() throws Exception {
            HttpResponse<String> response = admin("/metrics");

            assertThat(header(response, "content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            assertThat(response.body()).contains("\ncoapgate_sessions 7.0\n").contains("jvm_memory_used_bytes");
        }

        @Test
        void comeAsOpenMetricsOnRequest() throws Exception {
            HttpResponse<String> response =
                    admin("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

            assertThat(header(response, "content-type")).startsWith("application/openmetrics-text; version=1.0.0");
            assertThat(response.body()).endsWith("# EOF\n");
        }

        @Test
        void comeAsTextIfProtobufIsNotThere() throws Exception {
            HttpResponse<String> response = admin(
                    "/metrics",
                    "Accept",
                    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "content-type")).startsWith("text/plain");
        }

        @Test
        void surviveAGaugeThatThrows() throws Exception {
            metrics.gauge("coapgate_broken", "Throws", () -> {
                throw new IllegalStateException("secret");
            });

            assertThat(admin("/metrics").body())
                    .contains("\ncoapgate_broken NaN\n")
                    .contains("\ncoapgate_sessions 7.0\n");
        }
    }

    @Nested
    class TheListeners {
        @ParameterizedTest
        @ValueSource(
                strings = {"/", "/livez", "/readyz", "/metrics", "/.well-known/jwks.json/", "/.well-known/%6awks.json"})
        void showThePublicNothingElse(String path) throws Exception {
            assertThat(publicly("GET", path).statusCode()).isEqualTo(404);
        }

        @Test
        void keepTheKeysOffTheAdminListener() throws Exception {
            assertThat(admin("/.well-known/jwks.json").statusCode()).isEqualTo(404);
        }

        @Test
        void readNoBody() throws Exception {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(uri(listeners.publicAddress(), "/.well-known/jwks.json"))
                            .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(header(response, "connection")).isEqualTo("close");
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n", "GET /livez HTTP/1.1\r\nX: %s\r\n\r\n"})
        void endAConnectionWithTooLargeAHead(String head) throws Exception {
            assertThat(talk(String.format(head, "x".repeat(9000)))).matches("(?s)HTTP/1\\.[01] 4\\d\\d .*");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "GET /livez HTTP/1.1\r\nHost:"})
        void endASilentConnection(String said) throws Exception {
            assertThat(talk(said)).isEmpty();
        }

        @Test
        void holdSoManyConnectionsAndNoMore() throws Exception {
            close();
            listeners = start(2);
            List<Socket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    sockets.add(connect());
                }
                assertThat(sockets.get(2).getInputStream().read())
                        .as("the third")
                        .isEqualTo(-1);
                sockets.get(0).close();
                await().untilAsserted(() -> {
                    try (Socket another = connect()) {
                        another.getOutputStream().write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
                        assertThat(another.getInputStream().read()).isEqualTo('H');
                    }
                });
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }

        @Test
        void areRefusedATakenPort() {
            HttpListenerSettings taken = settings(listeners.adminAddress().getPort(), 1);
            PublicDocuments documents = new PublicDocuments(
                    keys::get, Optional.empty(), Duration.ZERO, TheIssuersMetadata.metadata("https://gw.example"));

            assertThatThrownBy(() -> HttpListeners.start(
                            settings(0, 1), documents, taken, new Operations(List.of(), metrics), CLOCK))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot bind HTTP to");
        }

        private Socket connect() throws IOException {
            Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), listeners.adminAddress().getPort());
            socket.setSoTimeout(5000);
            return socket;
        }

        /** What the listener says until it ends the connection. */
        private String talk(String said) throws IOException {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(said.getBytes(ISO_8859_1));
                return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            }
        }
    }
}
