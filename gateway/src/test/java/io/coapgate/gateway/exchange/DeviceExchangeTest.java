package io.coapgate.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.CreationHints;
import io.coapgate.crypto.ace.ProblemDetails;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.authz.Translations;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.CachedTokenExchange;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.token.JwtSettings;
import io.coapgate.gateway.token.LocalTokenExchange;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.SigningKeySet;
import io.coapgate.gateway.token.TokenAdmission;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The whole way of a request, with everything real but the network on either side. */
class DeviceExchangeTest {
    private static final InetAddress IPV6_LOOPBACK = ipv6Loopback();
    private static final Duration JWT_LIFETIME = Duration.ofMinutes(5);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Recorder upstream = new Recorder();
    private final SessionTokens sessions = new SessionTokens(clock, 2, 100);
    private final TokenAdmission admission = new TokenAdmission(Cwts.settings(), Cwts.KNOWN_SCOPES, sessions, clock);
    private final Device record = Devices.device("d1", "read", Devices.psk("id1", Validity.ALWAYS));
    private final SnapshotDeviceRegistry registry = Devices.registry(record);
    private final AuthenticatedDevice device = Devices.authenticated(record, registry, clock);
    private final List<String> reported = new ArrayList<>();
    private final DeviceExchange exchange = exchange();

    /** An upstream that remembers what it got and answers as told. */
    private static final class Recorder implements Upstream {
        private final List<UpstreamRequest> received = new ArrayList<>();
        private Function<UpstreamRequest, CompletionStage<UpstreamResponse>> answer =
                request -> completed(204, Map.of(), "");

        @Override
        public CompletionStage<UpstreamResponse> send(UpstreamRequest request) {
            received.add(request);
            return answer.apply(request);
        }

        private static CompletionStage<UpstreamResponse> completed(
                int status, Map<String, String> headers, String body) {
            return CompletableFuture.completedFuture(
                    new UpstreamResponse(status, headers, body.getBytes(StandardCharsets.UTF_8)));
        }

        void answers(int status, Map<String, String> headers, String body) {
            answer = request -> completed(status, headers, body);
        }
    }

    /** What the operator is told about upstreams. */
    private final class Report implements ExchangeListener {
        @Override
        public void upstreamAnswered(UpstreamName upstream, int status) {
            reported.add(upstream + " " + status);
        }

        @Override
        public void upstreamFailed(DeviceRequest request, UpstreamName upstream, Refusal reason, String cause) {
            reported.add(upstream + " " + reason.code() + " " + cause);
        }
    }

    private static InetAddress ipv6Loopback() {
        byte[] address = new byte[16];
        address[15] = 1;
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private DeviceExchange exchange() {
        SigningKeySet keys = SigningKeySet.of(JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom()));
        JwtSettings jwt = new JwtSettings("https://gateway.example", JWT_LIFETIME);
        return new DeviceExchange(
                new RouteTable(List.of(
                        route("/telemetry/**", Route.Authentication.TOKEN),
                        route("/status", Route.Authentication.SESSION))),
                sessions,
                new Forwarder(
                        new CachedTokenExchange(
                                new LocalTokenExchange(() -> keys, jwt, clock, new SecureRandom(), Runnable::run),
                                keys.current()::keyId,
                                clock,
                                100),
                        Map.of(new UpstreamName("backend"), upstream),
                        new CacheSettings(0, 0),
                        new Report(),
                        clock),
                new CreationHintsPolicy(Optional.of("coaps://as.example/token"), "coapgate", Optional.empty()),
                new EchoFreshness(new SecureRandom(), clock),
                clock);
    }

    private static Route route(String path, Route.Authentication authenticate) {
        return new Route(
                PathTemplate.parse(path),
                new UpstreamName("backend"),
                new Audience("https://backend.example"),
                authenticate,
                Map.of(CoapMethod.GET, ScopeSet.of("read"), CoapMethod.POST, ScopeSet.of("write")),
                Map.of("model", "device_model", "absent", "never"),
                Duration.ofSeconds(5),
                16,
                Translations.DEFAULT,
                Optional.empty());
    }

    private static DeviceRequest request(
            AuthenticatedDevice device, CoapMethod method, OptionalInt format, String payload, String... path) {
        return new DeviceRequest(
                new ExchangeId(1, 2),
                device,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000),
                method,
                new RequestOptions(
                        List.of(path),
                        List.of(),
                        format,
                        OptionalInt.empty(),
                        Preconditions.NONE,
                        Optional.empty(),
                        Optional.empty()),
                payload.getBytes(StandardCharsets.UTF_8));
    }

    private DeviceResponse send(CoapMethod method, String payload, String... path) {
        return exchange.handle(request(device, method, OptionalInt.empty(), payload, path))
                .toCompletableFuture()
                .join();
    }

    private void upload(String scope) throws Exception {
        byte[] token = Cwts.issuedByAs(Cwts.claims(clock.instant(), scope)
                .confirmation(Confirmation.of(KeyId.ofUtf8("id1")))
                .build());
        admission.admit(device, token);
    }

    private void assertRefused(DeviceResponse response, CoapCode code, Refusal reason) {
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.refusal()).contains(reason);
    }

    @Nested
    class Authorization {
        @Test
        void withoutATokenADeviceIsToldWhereToGetOne() throws Exception {
            DeviceResponse response = send(CoapMethod.GET, "", "telemetry", "t1");
            assertRefused(response, CoapCode.UNAUTHORIZED, Refusal.TOKEN_MISSING);
            assertThat(response.contentFormat()).hasValue(ContentFormat.ACE_CBOR);
            CreationHints hints = CreationHints.decode(response.payload());
            assertThat(hints.authorizationServer()).contains("coaps://as.example/token");
            assertThat(hints.audience()).contains("coapgate");
            assertThat(hints.scope()).contains("read");
            assertThat(hints.keyId()).contains(KeyId.ofUtf8("id1"));
            assertThat(upstream.received).isEmpty();
        }

        @Test
        void aTokensScopeDecides() throws Exception {
            upload("read");
            assertThat(send(CoapMethod.GET, "", "telemetry", "t1").code()).isEqualTo(CoapCode.CONTENT);
            assertRefused(
                    send(CoapMethod.POST, "x", "telemetry", "t1"),
                    CoapCode.METHOD_NOT_ALLOWED,
                    Refusal.METHOD_NOT_ALLOWED);
            assertRefused(
                    send(CoapMethod.DELETE, "", "telemetry", "t1"),
                    CoapCode.METHOD_NOT_ALLOWED,
                    Refusal.METHOD_NOT_ALLOWED);
            assertThat(upstream.received).hasSize(1);
        }

        @Test
        void aTokenOfAnotherSessionIsNotConsulted() throws Exception {
            upload("read");
            AuthenticatedDevice secondSession = Devices.authenticated(record, registry, clock);
            DeviceResponse response = exchange.handle(
                            request(secondSession, CoapMethod.GET, OptionalInt.empty(), "", "telemetry"))
                    .toCompletableFuture()
                    .join();
            assertRefused(response, CoapCode.UNAUTHORIZED, Refusal.TOKEN_MISSING);
        }

        @Test
        void whenTheTokenEndsSoDoesAccess() throws Exception {
            upload("read");
            clock.advance(Duration.ofMinutes(10));
            assertRefused(send(CoapMethod.GET, "", "telemetry"), CoapCode.UNAUTHORIZED, Refusal.TOKEN_MISSING);
        }

        @Test
        void sessionRoutesGoByTheRegistrysScopesAsTheyAreNow() throws Exception {
            assertThat(send(CoapMethod.GET, "", "status").code()).isEqualTo(CoapCode.CONTENT);
            registry.replace(List.of(Devices.device("d1", "other", Devices.psk("id1", Validity.ALWAYS))));
            assertRefused(send(CoapMethod.GET, "", "status"), CoapCode.FORBIDDEN, Refusal.SCOPE_INSUFFICIENT);
        }

        @Test
        void aWithdrawnDeviceIsRefusedEverywhere() throws Exception {
            upload("read");
            registry.replace(List.of());
            assertRefused(send(CoapMethod.GET, "", "status"), CoapCode.UNAUTHORIZED, Refusal.DEVICE_REVOKED);
            assertRefused(send(CoapMethod.GET, "", "telemetry"), CoapCode.UNAUTHORIZED, Refusal.DEVICE_REVOKED);
            assertRefused(send(CoapMethod.GET, "", "nowhere"), CoapCode.UNAUTHORIZED, Refusal.DEVICE_REVOKED);
        }

        @Test
        void aSelfIssuedTokenGrantsNoMoreThanTheRegistry() throws Exception {
            var psk = Devices.psk("id1", Validity.ALWAYS);
            admission.admit(
                    device,
                    Cwts.selfIssued(
                            "d1",
                            psk.key(),
                            Cwts.claims(clock.instant(), "read write")
                                    .subject("d1")
                                    .build()));
            assertThat(send(CoapMethod.GET, "", "telemetry").code()).isEqualTo(CoapCode.CONTENT);
            assertRefused(
                    send(CoapMethod.POST, "x", "telemetry"), CoapCode.METHOD_NOT_ALLOWED, Refusal.METHOD_NOT_ALLOWED);
        }

        @Test
        void unknownPathsAreToldOnlyToThoseWhoMayDoSomething() throws Exception {
            assertRefused(send(CoapMethod.GET, "", "nowhere"), CoapCode.NOT_FOUND, Refusal.ROUTE_UNKNOWN);
            registry.replace(List.of(Devices.device("d1", "", Devices.psk("id1", Validity.ALWAYS))));
            assertRefused(send(CoapMethod.GET, "", "nowhere"), CoapCode.UNAUTHORIZED, Refusal.TOKEN_MISSING);
        }

        @Test
        void errorsCarryATitleAndNothingElse() throws Exception {
            DeviceResponse response = send(CoapMethod.GET, "", "nowhere");
            assertThat(response.contentFormat()).hasValue(ContentFormat.CONCISE_PROBLEM_DETAILS);
            ProblemDetails problem = ProblemDetails.decode(response.payload());
            assertThat(problem.title()).contains("Not found");
            assertThat(problem.detail()).isEmpty();
        }
    }

    @Nested
    class Forwarding {
        private Map<String, String> headers(UpstreamRequest request) {
            return request.headers().stream().collect(Collectors.toMap(Header::name, Header::value));
        }

        @Test
        void sendsWhatWasMatchedWithHeadersOfTheGatewaysOwn() throws Exception {
            upload("write");
            exchange.handle(new DeviceRequest(
                            new ExchangeId(0x0123456789abcdefL, 1),
                            device,
                            new InetSocketAddress(IPV6_LOOPBACK, 40000),
                            CoapMethod.POST,
                            RequestOptions.of(List.of("telemetry", "a b"), List.of("x=1", "y=a&b"))
                                    .withContentFormat(60)
                                    .withAccept(50),
                            new byte[] {1, 2, 3}))
                    .toCompletableFuture()
                    .join();
            UpstreamRequest sent = upstream.received.get(0);
            assertThat(sent.method()).isEqualTo(HttpMethod.POST);
            assertThat(sent.target()).isEqualTo("/telemetry/a%20b?x=1&y=a%26b");
            assertThat(sent.body()).containsExactly(1, 2, 3);
            assertThat(headers(sent))
                    .isEqualTo(Map.of(
                            "content-type", "application/cbor",
                            "accept", "application/json",
                            "forwarded", "for=\"[0:0:0:0:0:0:0:1]:40000\";proto=coaps",
                            "via", "CoAP/1 coapgate",
                            "traceparent", "00-0123456789abcdef0000000000000001-0000000000000001-01",
                            "idempotency-key", "\"0123456789abcdef0000000000000001\""));
        }

        @Test
        void readsHaveNoIdempotencyKeyAndNoContentType() {
            send(CoapMethod.GET, "", "status");
            assertThat(headers(upstream.received.get(0))).containsOnlyKeys("forwarded", "via", "traceparent");
        }

        @Test
        void oneTokenServesTheRequestsOfADevice() {
            send(CoapMethod.GET, "", "status");
            send(CoapMethod.GET, "", "status");
            assertThat(upstream.received.get(0).token())
                    .isSameAs(upstream.received.get(1).token());
        }

        @Test
        void neverFollowsARedirect() {
            upstream.answers(302, Map.of("location", "http://stranger.example/"), "");
            assertRefused(send(CoapMethod.GET, "", "status"), CoapCode.BAD_GATEWAY, Refusal.UPSTREAM_RESPONSE_INVALID);
            assertThat(upstream.received).hasSize(1);
        }

        @Test
        void mapsMediaTypeAndFreshness() {
            upstream.answers(
                    200,
                    Map.of("content-type", "application/json; charset=utf-8", "cache-control", "max-age=30"),
                    "{}");
            DeviceResponse response = send(CoapMethod.GET, "", "status");
            assertThat(response.contentFormat()).hasValue(50);
            assertThat(response.maxAge()).contains(Duration.ofSeconds(30));
            assertThat(response.payload()).asString().isEqualTo("{}");
        }

        @Test
        void withoutCacheControlAnAnswerIsNotKept() {
            upstream.answers(200, Map.of("content-type", "x/unknown"), "{}");
            DeviceResponse response = send(CoapMethod.GET, "", "status");
            assertThat(response.contentFormat()).isEmpty();
            assertThat(response.maxAge()).contains(Duration.ZERO);
        }

        @Test
        void passesRetryAfterOn() {
            upstream.answers(503, Map.of("retry-after", "120"), "");
            assertThat(send(CoapMethod.GET, "", "status").maxAge()).contains(Duration.ofMinutes(2));
        }

        @Test
        void refusesABodyOverTheRoutesLimit() throws Exception {
            upload("write");
            assertRefused(
                    send(CoapMethod.POST, "x".repeat(17), "telemetry"),
                    CoapCode.REQUEST_ENTITY_TOO_LARGE,
                    Refusal.BODY_TOO_LARGE);
            assertThat(send(CoapMethod.POST, "x".repeat(16), "telemetry").code())
                    .isEqualTo(CoapCode.CHANGED);
        }

        @Test
        void refusesUnknownContentFormats() throws Exception {
            upload("write");
            DeviceResponse response = exchange.handle(
                            request(device, CoapMethod.POST, OptionalInt.of(65000), "x", "telemetry"))
                    .toCompletableFuture()
                    .join();
            assertRefused(response, CoapCode.UNSUPPORTED_CONTENT_FORMAT, Refusal.CONTENT_FORMAT_UNSUPPORTED);
        }

        @Test
        void refusesPathsThatCouldBeReadDifferently() {
            assertRefused(send(CoapMethod.GET, "", "status", ".."), CoapCode.BAD_REQUEST, Refusal.PATH_INVALID);
            assertThat(upstream.received).isEmpty();
        }

        @Test
        void aFailureUpstreamIsAnAnswerToo() {
            upstream.answer = request ->
                    CompletableFuture.failedFuture(new UpstreamException(Refusal.UPSTREAM_TIMEOUT, "too slow"));
            assertRefused(send(CoapMethod.GET, "", "status"), CoapCode.GATEWAY_TIMEOUT, Refusal.UPSTREAM_TIMEOUT);
            assertThat(reported).containsExactly("backend upstream_timeout too slow");
        }

        @Test
        void anUpstreamThatIsGivenUpSaysWhenToComeAgain() {
            UpstreamException open =
                    new UpstreamException(Refusal.UPSTREAM_CIRCUIT_OPEN, "failing", Duration.ofSeconds(17));
            upstream.answer = request -> CompletableFuture.failedFuture(open);
            DeviceResponse response = send(CoapMethod.GET, "", "status");
            assertRefused(response, CoapCode.SERVICE_UNAVAILABLE, Refusal.UPSTREAM_CIRCUIT_OPEN);
            assertThat(response.maxAge()).contains(Duration.ofSeconds(17));
        }

        @Test
        void reportsWhatAnUpstreamAnswersWhateverItIs() {
            send(CoapMethod.GET, "", "status");
            upstream.answers(404, Map.of(), "");
            send(CoapMethod.GET, "", "status");
            upstream.answers(302, Map.of("location", "http://stranger.example/"), "");
            send(CoapMethod.GET, "", "status");
            assertThat(reported)
                    .containsExactly(
                            "backend 204",
                            "backend 404",
                            "backend 302",
                            "backend upstream_response_invalid a redirect, status 302");
        }
    }

    @Nested
    class RejectedTokens {
        @Test
        void a401IsAnsweredWithOneFreshToken() {
            upstream.answer = request -> upstream.received.size() == 1
                    ? Recorder.completed(401, Map.of(), "")
                    : Recorder.completed(200, Map.of(), "ok");
            assertThat(send(CoapMethod.GET, "", "status").code()).isEqualTo(CoapCode.CONTENT);
            assertThat(upstream.received).hasSize(2);
            assertThat(upstream.received.get(0).token().authorization())
                    .isNotEqualTo(upstream.received.get(1).token().authorization());
        }

        @Test
        void aSecond401IsTheGatewaysFault() {
            upstream.answers(401, Map.of(), "");
            assertRefused(send(CoapMethod.GET, "", "status"), CoapCode.BAD_GATEWAY, Refusal.UPSTREAM_REJECTED_TOKEN);
            assertThat(upstream.received).hasSize(2);
            assertThat(reported).containsExactly("backend upstream_rejected_token 401 to a fresh token too");
        }
    }
}
