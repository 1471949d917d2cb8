package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.EmptyMessage;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.interceptors.MessageInterceptorAdapter;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.RawData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The assembled gateway between a real DTLS client and a real HTTP service. */
@Timeout(60)
class GatewayTest {
    private static final String KEY = "0123456789abcdef-secret";

    @TempDir
    Path directory;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private HttpServer service;
    private Gateway gateway;
    private PskClient client;

    @BeforeEach
    void start() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(handlers);
        service.createContext("/", this::answer);
        service.start();
        writeDevices(true);
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                devices: devices.yaml
                listeners:
                  - {name: psk, address: 127.0.0.1, port: 0, credentials: [psk]}
                upstreams:
                  backend: {url: "http://127.0.0.1:%d", max-response-bytes: 10000}
                routes:
                  - path: /open/**
                    upstream: backend
                    audience: https://backend.example
                    authenticate: session
                    methods: {GET: [read], POST: [read], PUT: [read], DELETE: [read], FETCH: [read], PATCH: [read], iPATCH: [read]}
                    max-body: 2KiB
                  - path: /closed
                    upstream: backend
                    audience: https://backend.example
                    methods: {GET: [read]}
                http: {public: {port: 0}, admin: {port: 0}}
                """.formatted(
                        service.getAddress().getPort()));
        gateway = Gateway.start(new ConfigLoader(Map.of()).load(file), Map.of(), Clock.systemUTC());
        client = new PskClient(required(gateway.addresses().coaps(), "psk"), "sensor-1", KEY);
    }

    private void writeDevices(boolean enabled) throws IOException {
        Files.writeString(directory.resolve("devices.yaml"), """
                devices:
                  - id: d1
                    enabled: %s
                    scopes: [read]
                    credentials:
                      - psk: {identity: sensor-1, key: "%s"}
                """.formatted(enabled, KEY));
    }

    @AfterEach
    void stop() {
        slow.countDown();
        client.close();
        gateway.close();
        service.stop(0);
        handlers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        received.add(exchange.getRequestMethod() + " " + path);
        bodies.put(path, exchange.getRequestBody().readAllBytes());
        if (!exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ey")) {
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        if (path.startsWith("/open/slow")) {
            await(slow);
        }
        if (path.startsWith("/open/etag")) {
            answerConditionally(exchange);
            return;
        }
        byte[] body = path.startsWith("/open/large") ? "0123456789".repeat(300).getBytes(UTF_8) : "ok".getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** One representation, which can be had, validated and, if it is the current one, replaced. */
    private static void answerConditionally(HttpExchange exchange) throws IOException {
        String etag = "\"a-long-entity-tag\"";
        String ifNoneMatch = exchange.getRequestHeaders().getFirst("If-None-Match");
        String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
        exchange.getResponseHeaders().add("ETag", etag);
        exchange.getResponseHeaders().add("Location", "/open/etag/5");
        int status = etag.equals(ifNoneMatch) ? 304 : ifMatch != null && !ifMatch.equals(etag) ? 412 : 201;
        exchange.sendResponseHeaders(exchange.getRequestMethod().equals("GET") && status == 201 ? 200 : status, -1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void forwardsARequestWithAJwt() throws Exception {
        CoapResponse response = client.send(Request.newGet(), "/open/a?x=1");
        assertThat(response.getCode()).isEqualTo(ResponseCode.CONTENT);
        assertThat(response.getResponseText()).isEqualTo("ok");
        assertThat(response.getOptions().getContentFormat()).isZero();
        assertThat(received).containsExactly("GET /open/a?x=1");
    }

    @Test
    void validatesAndReplacesByEntityTag() throws Exception {
        CoapResponse first = client.send(Request.newGet(), "/open/etag");
        assertThat(first.getCode()).isEqualTo(ResponseCode.CONTENT);
        byte[] etag = first.getOptions().getETags().get(0);
        Request again = Request.newGet();
        again.getOptions().addETag(etag);
        CoapResponse valid = client.send(again, "/open/etag");
        assertThat(valid.getCode()).isEqualTo(ResponseCode.VALID);
        assertThat(valid.getOptions().getETags().get(0)).isEqualTo(etag);
        Request replace = Request.newPut();
        replace.getOptions().addIfMatch(etag);
        CoapResponse created = client.send(replace, "/open/etag");
        assertThat(created.getCode()).isEqualTo(ResponseCode.CREATED);
        assertThat(created.getOptions().getLocationPathString()).isEqualTo("open/etag/5");
        Request stale = Request.newPut();
        stale.getOptions().addIfMatch(new byte[] {'o', 'l', 'd'});
        assertThat(client.send(stale, "/open/etag").getCode()).isEqualTo(ResponseCode.PRECONDITION_FAILED);
    }

    @Test
    void forwardsTheMethodsOfRfc8132() throws Exception {
        assertThat(client.send(Request.newFetch(), "/open/a").getCode()).isEqualTo(ResponseCode.CONTENT);
        assertThat(client.send(Request.newPatch(), "/open/a").getCode()).isEqualTo(ResponseCode.CHANGED);
        assertThat(client.send(Request.newIPatch(), "/open/a").getCode()).isEqualTo(ResponseCode.CHANGED);
        assertThat(received).containsExactly("POST /open/a", "PATCH /open/a", "PATCH /open/a");
    }

    @Test
    void wantsATokenWhereTheRouteDoesAndTakesASelfIssuedOne() throws Exception {
        assertThat(client.send(Request.newGet(), "/closed").getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
        byte[] token = Cwts.selfIssued(
                "d1",
                SecretBytes.copyOf(KEY.getBytes(UTF_8)),
                Cwts.claims(Clock.systemUTC().instant(), "read").subject("d1").build());
        Request upload = Request.newPost();
        upload.getOptions().setContentFormat(61);
        upload.setPayload(token);
        assertThat(client.send(upload, "/authz-info").getCode()).isEqualTo(ResponseCode.CREATED);
        assertThat(client.send(Request.newGet(), "/closed").getCode()).isEqualTo(ResponseCode.CONTENT);
    }

    @Test
    void sendsBodiesInBlocksBothWays() throws Exception {
        Request post = Request.newPost();
        String body = "abcdefghij".repeat(120);
        post.setPayload(body);
        assertThat(client.send(post, "/open/post").getCode()).isEqualTo(ResponseCode.CHANGED);
        assertThat(bodies.get("/open/post")).asString(UTF_8).isEqualTo(body);
        assertThat(client.send(Request.newGet(), "/open/large").getResponseText())
                .isEqualTo("0123456789".repeat(300));
        assertThat(received).containsExactly("POST /open/post", "GET /open/large");
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        Request post = Request.newPost();
        post.setPayload("x".repeat(2049));
        assertThat(client.send(post, "/open/post").getCode()).isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
        assertThat(received).isEmpty();
    }

    @Test
    void aDeviceCannotBeginUploadsWithoutEnd() throws Exception {
        BlockingQueue<Response> answers = new LinkedBlockingQueue<>();
        client.endpoint().addInterceptor(new MessageInterceptorAdapter() {
            @Override
            public void receiveResponse(Response response) {
                answers.add(response);
            }
        });
        for (int i = 0; i < 4; i++) {
            sendBlock("/open/" + i, 0, true);
            assertThat(answers.poll(10, TimeUnit.SECONDS).getCode()).isEqualTo(ResponseCode.CONTINUE);
        }
        sendBlock("/open/4", 0, true);
        Response refusal = answers.poll(10, TimeUnit.SECONDS);
        assertThat(refusal.getCode()).isEqualTo(ResponseCode.TOO_MANY_REQUESTS);
        assertThat(refusal.getOptions().getMaxAge())
                .as("until one is forgotten")
                .isBetween(280L, 300L);
        sendBlock("/open/0", 1, false);
        assertThat(answers.poll(10, TimeUnit.SECONDS).getCode()).isEqualTo(ResponseCode.CHANGED);
        sendBlock("/open/4", 0, true);
        assertThat(answers.poll(10, TimeUnit.SECONDS).getCode()).isEqualTo(ResponseCode.CONTINUE);
        assertThat(received).containsExactly("PUT /open/0");
        InetSocketAddress admin = required(gateway.addresses().http(), "admin");
        assertThat(get(HttpClient.newHttpClient(), admin, "/metrics"))
                .contains("coapgate_refusals_total{reason=\"uploads_unfinished\"} 1.0");
    }

    /** Past the client's own block-wise layer, which would only send whole bodies. */
    private void sendBlock(String path, int number, boolean more) {
        Request put = Request.newPut();
        put.setURI("coaps://127.0.0.1:"
                + required(gateway.addresses().coaps(), "psk").getPort() + path);
        put.getOptions().setBlock1(2, more, number);
        put.setPayload("x".repeat(64));
        put.send(client.endpoint());
    }

    @Test
    void countsARequestThatNoHandlerSees() throws Exception {
        Request proxied = Request.newGet();
        proxied.getOptions().setProxyScheme("http");
        assertThat(client.send(proxied, "/open/a").getCode()).isEqualTo(ResponseCode.PROXY_NOT_SUPPORTED);
        InetSocketAddress admin = required(gateway.addresses().http(), "admin");
        assertThat(get(HttpClient.newHttpClient(), admin, "/metrics"))
                .contains("coapgate_requests_total{code=\"5.05\"} 1.0")
                .contains("coapgate_refusals_total{reason=\"proxying_not_supported\"} 1.0");
    }

    @Test
    void acknowledgesASlowRequestAndAnswersSeparately() throws Exception {
        Set<Object> acknowledged = ConcurrentHashMap.newKeySet();
        client.endpoint().addInterceptor(new MessageInterceptorAdapter() {
            @Override
            public void receiveEmptyMessage(EmptyMessage message) {
                acknowledged.add(message.getMID());
            }
        });
        Request request = Request.newGet();
        var response = handlers.submit(() -> client.send(request, "/open/slow"));
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> acknowledged.size() == 1);
        slow.countDown();
        assertThat(response.get(5, TimeUnit.SECONDS).getCode()).isEqualTo(ResponseCode.CONTENT);
        assertThat(received).hasSize(1);
    }

    @Test
    void aRetransmittedRequestIsOneUpstreamCall() throws Exception {
        client.send(Request.newGet(), "/open/first");
        Request post = Request.newPost();
        post.setURI("coaps://127.0.0.1/open/once");
        post.setMID(4711);
        post.setToken(new byte[] {1, 2, 3});
        byte[] datagram = new UdpDataSerializer().getByteArray(post);
        InetSocketAddress address = required(gateway.addresses().coaps(), "psk");
        for (int i = 0; i < 4; i++) {
            client.endpoint()
                    .getConnector()
                    .send(RawData.outbound(datagram, new AddressEndpointContext(address), null, false));
        }
        client.send(Request.newGet(), "/open/last");
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> received.stream().filter("POST /open/once"::equals).count() == 1);
    }

    @Test
    void showsKeysHealthAndMetrics() throws Exception {
        client.send(Request.newGet(), "/open/a");
        HttpClient http = HttpClient.newHttpClient();
        InetSocketAddress publicHttp = required(gateway.addresses().http(), "public");
        InetSocketAddress admin = required(gateway.addresses().http(), "admin");
        assertThat(get(http, publicHttp, "/.well-known/jwks.json"))
                .contains("\"kty\":\"EC\"")
                .doesNotContain("\"d\"");
        assertThat(get(http, publicHttp, "/.well-known/oauth-authorization-server"))
                .contains("\"issuer\":\"https://gateway.example\"");
        assertThat(get(http, admin, "/readyz")).contains("ready");
        assertThat(get(http, admin, "/metrics"))
                .contains("coapgate_requests_total{code=\"2.05\"} 1.0")
                .contains("coapgate_handshakes_total{result=\"accepted\"} 1.0")
                .contains("coapgate_devices 1.0")
                .doesNotContain("sensor-1")
                .doesNotContain("d1");
    }

    private static InetSocketAddress required(Map<String, InetSocketAddress> addresses, String name) {
        return Objects.requireNonNull(addresses.get(name), name);
    }

    private static String get(HttpClient http, InetSocketAddress address, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void refusesProxyingAndUnknownCriticalOptions() throws Exception {
        Request proxied = Request.newGet();
        proxied.getOptions().setProxyScheme("http");
        assertThat(client.send(proxied, "/open/a").getCode()).isEqualTo(ResponseCode.PROXY_NOT_SUPPORTED);
        Request protectedOtherwise = Request.newPut();
        protectedOtherwise.getOptions().setOscore(new byte[] {9, 1, 2});
        assertThat(client.send(protectedOtherwise, "/open/a").getCode()).isEqualTo(ResponseCode.BAD_OPTION);
        assertThat(received).isEmpty();
    }

    @Test
    void aDisabledDeviceIsCutOffWithoutARestart() throws Exception {
        assertThat(client.send(Request.newGet(), "/open/a").getCode()).isEqualTo(ResponseCode.CONTENT);
        writeDevices(false);
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> isRefused());
        int before = received.size();
        assertThat(isRefused()).isTrue();
        assertThat(received).hasSize(before);
    }

    private boolean isRefused() {
        try {
            Request get = Request.newGet();
            CoapResponse response = client.send(get, "/open/a");
            return response == null || response.getCode() == ResponseCode.UNAUTHORIZED;
        } catch (Exception e) {
            return true; // the handshake fails
        }
    }

    @Test
    void drainsBeforeItCloses() throws Exception {
        var response = handlers.submit(() -> client.send(Request.newGet(), "/open/slow"));
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> received.size() == 1);
        var drained = handlers.submit(() -> gateway.drain(Duration.ofSeconds(10)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> client.send(Request.newGet(), "/open/a").getCode() == ResponseCode.SERVICE_UNAVAILABLE);
        slow.countDown();
        assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(response.get(5, TimeUnit.SECONDS).getCode()).isEqualTo(ResponseCode.CONTENT);
    }
}
