package io.coapgate.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.Caching;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.RequestPath;
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
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 and RFC 7252 §5.6, from a device's request to the upstream's. */
class ResponseCacheTest {
    private static final UpstreamName BACKEND = new UpstreamName("backend");
    private static final CacheSettings SETTINGS = new CacheSettings(1 << 20, 1 << 16);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Service service = new Service();
    private final Device first = Devices.device("d1", "read write", Devices.psk("id1", Validity.ALWAYS));
    private final Device second = Devices.device("d2", "read", Devices.psk("id2", Validity.ALWAYS));
    private final SnapshotDeviceRegistry registry = Devices.registry(first, second);
    private final AuthenticatedDevice a = Devices.authenticated(first, registry, clock);
    private final AuthenticatedDevice b = Devices.authenticated(second, registry, clock);
    private final Map<CacheUse, Integer> uses = new EnumMap<>(CacheUse.class);
    private DeviceExchange exchange = exchange(SETTINGS);

    /** Answers as told, numbers its bodies, and remembers what it was asked. */
    private static final class Service implements Upstream {
        private final List<UpstreamRequest> received = new ArrayList<>();
        private final Map<String, String> headers = new HashMap<>(Map.of("content-type", "text/plain"));
        private final Deque<CompletableFuture<UpstreamResponse>> held = new ArrayDeque<>();
        private int status = 200;
        private boolean holds;

        @Override
        public CompletionStage<UpstreamResponse> send(UpstreamRequest request) {
            received.add(request);
            if (holds) {
                CompletableFuture<UpstreamResponse> later = new CompletableFuture<>();
                held.add(later);
                return later;
            }
            return completedFuture(answer());
        }

        UpstreamResponse answer() {
            byte[] body = status == 304 ? new byte[0] : ("body " + received.size()).getBytes(UTF_8);
            return new UpstreamResponse(status, headers, body);
        }

        void says(String cacheControl) {
            headers.put("cache-control", cacheControl);
        }

        Optional<String> lastHeader(String name) {
            return received.get(received.size() - 1).headers().stream()
                    .filter(header -> header.name().equals(name))
                    .map(Header::value)
                    .findFirst();
        }
    }

    private static final class OneToken implements TokenExchange {
        @Override
        public CompletionStage<BearerToken> exchange(TokenRequest request) {
            return completedFuture(new BearerToken("ey", Instant.MAX));
        }

        @Override
        public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
            return exchange(request);
        }
    }

    private DeviceExchange exchange(CacheSettings settings) {
        ExchangeListener counter = new ExchangeListener() {
            @Override
            public void cacheUsed(UpstreamName upstream, CacheUse use) {
                uses.merge(use, 1, Integer::sum);
            }
        };
        return new DeviceExchange(
                new RouteTable(List.of(
                        route("/p/**", HttpMethod.POST, Caching.PRIVATE),
                        route("/q/**", HttpMethod.QUERY, Caching.PRIVATE),
                        route("/s/**", HttpMethod.POST, Caching.SHARED),
                        route("/n/**", HttpMethod.POST, Caching.NONE))),
                new SessionTokens(clock, 1, 10),
                new Forwarder(new OneToken(), Map.of(BACKEND, service), settings, counter, clock),
                new CreationHintsPolicy(Optional.empty(), "coapgate", Optional.empty()),
                new EchoFreshness(new SecureRandom(), clock),
                clock);
    }

    private static Route route(String path, HttpMethod fetchAs, Caching caching) {
        Map<CoapMethod, ScopeSet> methods = new EnumMap<>(CoapMethod.class);
        Arrays.stream(CoapMethod.values())
                .forEach(method -> methods.put(method, ScopeSet.of(method.isSafe() ? "read" : "write")));
        return new Route(
                PathTemplate.parse(path),
                BACKEND,
                new Audience("https://backend.example"),
                Route.Authentication.SESSION,
                methods,
                Map.of(),
                Duration.ofSeconds(5),
                16,
                Translations.keeping(fetchAs, caching),
                Optional.empty());
    }

    private static RequestOptions at(String path, String... query) {
        return RequestOptions.of(List.of(path.split("/")), List.of(query));
    }

    private CompletableFuture<DeviceResponse> begin(
            AuthenticatedDevice device, CoapMethod method, RequestOptions options, String payload) {
        return exchange.handle(new DeviceRequest(
                        new ExchangeId(1, 2),
                        device,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000),
                        method,
                        options,
                        payload.getBytes(UTF_8)))
                .toCompletableFuture();
    }

    private DeviceResponse get(AuthenticatedDevice device, RequestOptions options) {
        return begin(device, CoapMethod.GET, options, "").join();
    }

    private DeviceResponse get(String path) {
        return get(a, at(path));
    }

    private static String body(DeviceResponse response) {
        return new String(response.payload(), UTF_8);
    }

    private static Preconditions etags(EntityTag... tags) {
        return new Preconditions(List.of(tags), List.of(), false, false);
    }

    private static EntityTag tag(String text) {
        return EntityTag.of(text.getBytes(UTF_8));
    }

    private void assertAsked(int times) {
        assertThat(service.received).hasSize(times);
    }

    @Nested
    class Keys {
        @Test
        void aRouteThatSaysNothingKeepsNothing() {
            service.says("public, max-age=60");
            get("n/x");
            get("n/x");
            assertAsked(2);
            assertThat(uses).isEmpty();
        }

        @Test
        void aDeviceGetsItsOwnAnswerAgain() {
            service.says("max-age=60");
            assertThat(body(get("p/x"))).isEqualTo("body 1");
            DeviceResponse again = get("p/x");
            assertThat(body(again)).isEqualTo("body 1");
            assertThat(again.code()).isEqualTo(CoapCode.CONTENT);
            assertThat(again.contentFormat()).hasValue(0);
            assertAsked(1);
            assertThat(uses).containsOnly(Map.entry(CacheUse.MISS, 1), Map.entry(CacheUse.HIT, 1));
        }

        @ParameterizedTest
        @ValueSource(strings = {"max-age=60", "public, max-age=60", "public, s-maxage=60"})
        void oneDevicesAnswerIsNeverShownToAnotherOnAPrivateRoute(String cacheControl) {
            service.says(cacheControl);
            assertThat(body(get(a, at("p/x")))).isEqualTo("body 1");
            assertThat(body(get(b, at("p/x")))).isEqualTo("body 2");
        }

        @Test
        void theSameDeviceWithOtherRightsAsksAnew() throws Exception {
            service.says("max-age=60");
            get("p/x");
            registry.replace(List.of(Devices.device("d1", "read", Devices.psk("id1", Validity.ALWAYS)), second));
            assertThat(body(get("p/x"))).isEqualTo("body 2");
        }

        @Test
        void anotherSessionOfTheDeviceSharesItsAnswers() {
            service.says("max-age=60");
            get("p/x");
            assertThat(body(get(Devices.authenticated(first, registry, clock), at("p/x"))))
                    .isEqualTo("body 1");
        }

        @Test
        void pathQueryAcceptAndPayloadTellAnswersApart() {
            service.says("max-age=60");
            get("p/x");
            get("p/y");
            get(a, at("p/x", "q=1"));
            get(a, at("p/x").withAccept(0));
            begin(a, CoapMethod.GET, at("p/x"), "with a body").join();
            assertAsked(5);
            get(a, at("p/x", "q=1"));
            get(a, at("p/x").withAccept(0));
            assertAsked(5);
        }

        @Test
        void fetchIsKeyedByItsPayloadAndItsFormat() {
            service.says("max-age=60");
            RequestOptions options = at("p/x").withContentFormat(60);
            begin(a, CoapMethod.FETCH, options, "a").join();
            begin(a, CoapMethod.FETCH, options, "b").join();
            begin(a, CoapMethod.FETCH, at("p/x").withContentFormat(50), "a").join();
            assertAsked(3);
            assertThat(body(begin(a, CoapMethod.FETCH, options, "a").join())).isEqualTo("body 1");
            assertThat(body(begin(a, CoapMethod.FETCH, options, "b").join())).isEqualTo("body 2");
            assertAsked(3);
        }
    }

    @Nested
    class Sharing {
        @Test
        void whatIsPublicIsSharedWhereTheRouteSaysSo() {
            service.says("public, max-age=60");
            get(a, at("s/x"));
            assertThat(body(get(b, at("s/x")))).isEqualTo("body 1");
            assertAsked(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"max-age=60", "private, max-age=60", "public, private=\"x\", max-age=60", "s-maxage=60"})
        void whatIsNotCalledPublicIsNotSharedEvenThere(String cacheControl) {
            service.says(cacheControl);
            get(a, at("s/x"));
            assertThat(body(get(b, at("s/x")))).isEqualTo("body 2");
        }

        @Test
        void aPublicAnswerThatVariesByItsTokenStaysWithItsDevice() {
            service.says("public, max-age=60");
            service.headers.put("vary", "Accept, Authorization");
            get(a, at("s/x"));
            assertThat(body(get(b, at("s/x")))).isEqualTo("body 2");
            assertThat(body(get(a, at("s/x")))).isEqualTo("body 1");
        }

        @Test
        void theLifetimeForSharedCachesCounts() {
            service.says("public, max-age=10, s-maxage=60");
            get(a, at("s/x"));
            clock.advance(Duration.ofSeconds(30));
            DeviceResponse shared = get(b, at("s/x"));
            assertThat(body(shared)).isEqualTo("body 1");
            assertThat(shared.maxAge()).as("for the device it is older").contains(Duration.ZERO);
            clock.advance(Duration.ofSeconds(30));
            assertThat(body(get(b, at("s/x")))).isEqualTo("body 2");
        }

        @Test
        void whatIsSharedIsValidatedByAnyDeviceForAll() {
            service.says("public, max-age=10");
            service.headers.put("etag", "\"v1\"");
            get(a, at("s/x"));
            clock.advance(Duration.ofSeconds(10));
            service.status = 304;
            assertThat(body(get(b, at("s/x")))).isEqualTo("body 1");
            assertThat(body(get(a, at("s/x")))).isEqualTo("body 1");
            assertAsked(2);
        }
    }

    @Nested
    class Freshening {
        @Test
        void theDeviceIsToldWhatRemains() {
            service.says("max-age=60");
            service.headers.put("age", "10");
            assertThat(get("p/x").maxAge()).contains(Duration.ofSeconds(50));
            clock.advance(Duration.ofMillis(20_500));
            assertThat(get("p/x").maxAge()).contains(Duration.ofSeconds(29));
            assertAsked(1);
        }

        @Test
        void atTheEndOfItsLifetimeAnAnswerIsStale() {
            service.says("max-age=60");
            get("p/x");
            clock.advance(Duration.ofMillis(59_999));
            assertThat(body(get("p/x"))).isEqualTo("body 1");
            clock.advance(Duration.ofMillis(1));
            assertThat(body(get("p/x"))).isEqualTo("body 2");
        }

        @Test
        void anExpiryDateIsALifetimeToo() {
            service.headers.put("expires", "Thu, 1 Jan 2026 00:01:00 GMT");
            get("p/x");
            clock.advance(Duration.ofSeconds(30));
            assertThat(get("p/x").maxAge()).contains(Duration.ofSeconds(30));
            assertAsked(1);
            clock.advance(Duration.ofSeconds(30));
            get("p/x");
            assertAsked(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"no-store", "no-store, max-age=60", "no-store, public, max-age=60", "max-age=0", "private"})
        void whatMayNotBeKeptOrHasNoLifetimeIsAskedForAgain(String cacheControl) {
            service.says(cacheControl);
            get("p/x");
            assertThat(body(get("p/x"))).isEqualTo("body 2");
        }

        @Test
        void withoutAWordOnCachingNothingIsGivenAgain() {
            get("p/x");
            assertThat(body(get("p/x"))).isEqualTo("body 2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", "accept, *", "Forwarded", "traceparent"})
        void whatVariesWithEveryRequestIsNotKept(String vary) {
            service.says("max-age=60");
            service.headers.put("vary", vary);
            get("p/x");
            assertThat(body(get("p/x"))).isEqualTo("body 2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"accept", "Accept, Content-Type", "authorization", "origin, cookie"})
        void whatVariesWithTheKeyOrWithNothingIsKept(String vary) {
            service.says("max-age=60");
            service.headers.put("vary", vary);
            get("p/x");
            assertThat(body(get("p/x"))).isEqualTo("body 1");
        }
    }

    @Nested
    class Validation {
        @Test
        void aStaleAnswerIsValidatedByItsEntityTagAndFreshAgain() {
            service.says("max-age=10, must-revalidate");
            service.headers.put("etag", "\"a-long-entity-tag\"");
            get("p/x");
            clock.advance(Duration.ofSeconds(10));
            service.status = 304;
            DeviceResponse valid = get("p/x");
            assertThat(service.lastHeader("if-none-match")).contains("\"a-long-entity-tag\"");
            assertThat(valid.code()).isEqualTo(CoapCode.CONTENT);
            assertThat(body(valid)).isEqualTo("body 1");
            assertThat(valid.maxAge()).contains(Duration.ofSeconds(10));
            clock.advance(Duration.ofSeconds(9));
            assertThat(get("p/x").maxAge()).contains(Duration.ofSeconds(1));
            assertAsked(2);
            assertThat(uses).containsEntry(CacheUse.REVALIDATED, 1);
        }

        @Test
        void ageAndDateAreThoseOfTheValidation() {
            service.headers.put("expires", "Thu, 1 Jan 2026 00:01:00 GMT");
            service.headers.put("date", "Thu, 1 Jan 2026 00:00:00 GMT");
            service.headers.put("age", "30");
            service.headers.put("etag", "\"v1\"");
            assertThat(get("p/x").maxAge()).contains(Duration.ofSeconds(30));
            clock.advance(Duration.ofSeconds(40));
            service.status = 304;
            service.headers.remove("age");
            service.headers.remove("date");
            service.headers.put("expires", "Thu, 1 Jan 2026 00:01:30 GMT");
            assertThat(get("p/x").maxAge()).contains(Duration.ofSeconds(50));
            clock.advance(Duration.ofSeconds(10));
            assertThat(get("p/x").maxAge()).contains(Duration.ofSeconds(40));
            assertAsked(2);
        }

        @Test
        void aDateValidatesWhereThereIsNoEntityTag() {
            service.says("no-cache");
            service.headers.put("last-modified", "Thu, 01 Jan 2026 00:00:00 GMT");
            get("p/x");
            service.status = 304;
            assertThat(body(get("p/x"))).isEqualTo("body 1");
            assertThat(service.lastHeader("if-modified-since")).contains("Thu, 01 Jan 2026 00:00:00 GMT");
        }

        @ParameterizedTest
        @ValueSource(strings = {"no-cache", "no-cache, max-age=60", "no-cache=\"set-cookie\", max-age=60", "max-age=0"})
        void whatMustBeValidatedEachTimeIs(String cacheControl) {
            service.says(cacheControl);
            service.headers.put("etag", "\"v1\"");
            get("p/x");
            service.status = 304;
            get("p/x");
            assertThat(body(get("p/x"))).isEqualTo("body 1");
            assertAsked(3);
        }

        @Test
        void aNewRepresentationTakesThePlaceOfTheOld() {
            service.says("max-age=10");
            service.headers.put("etag", "\"v1\"");
            get("p/x");
            clock.advance(Duration.ofSeconds(10));
            service.headers.put("etag", "\"v2\"");
            assertThat(body(get("p/x"))).isEqualTo("body 2");
            assertThat(body(get("p/x"))).isEqualTo("body 2");
            assertAsked(2);
        }

        @Test
        void aDeviceThatHasTheAnswerGetsNoSecondCopy() {
            service.says("max-age=60");
            service.headers.put("etag", "\"v1\"");
            EntityTag etag = get("p/x").options().etag().orElseThrow();
            DeviceResponse valid = get(a, at("p/x").withPreconditions(etags(etag)));
            assertThat(valid.code()).isEqualTo(CoapCode.VALID);
            assertThat(valid.options().etag()).contains(etag);
            assertThat(valid.maxAge()).contains(Duration.ofSeconds(60));
            assertAsked(1);
        }

        @Test
        void aDevicesOwnConditionGoesUpstreamAsLongAsNothingIsKept() {
            service.says("max-age=60");
            service.headers.put("etag", "\"v1\"");
            service.status = 304;
            assertThat(get(a, at("p/x").withPreconditions(etags(tag("v1")))).code())
                    .isEqualTo(CoapCode.VALID);
            assertThat(service.lastHeader("if-none-match")).contains("\"v1\"");
            service.status = 200;
            assertThat(body(get("p/x"))).isEqualTo("body 2");
        }

        @Test
        void theGatewaysConditionTakesThePlaceOfTheDevices() {
            service.says("no-cache");
            service.headers.put("etag", "\"v2\"");
            get("p/x");
            service.status = 304;
            assertThat(body(get(a, at("p/x").withPreconditions(etags(tag("v1"))))))
                    .isEqualTo("body 1");
            assertThat(service.lastHeader("if-none-match")).contains("\"v2\"");
        }

        @Test
        void a304ForSomethingElseIsRefusedAndForgotten() {
            service.says("no-cache");
            service.headers.put("etag", "\"v1\"");
            get("p/x");
            service.status = 304;
            service.headers.put("etag", "\"v9\"");
            assertThat(get("p/x").refusal()).contains(Refusal.UPSTREAM_RESPONSE_INVALID);
            service.status = 200;
            assertThat(body(get("p/x"))).isEqualTo("body 3");
            assertThat(service.lastHeader("if-none-match")).isEmpty();
        }

        @Test
        void a304MayForbidFurtherUse() {
            service.says("max-age=10");
            service.headers.put("etag", "\"v1\"");
            get("p/x");
            clock.advance(Duration.ofSeconds(10));
            service.status = 304;
            service.says("no-store");
            assertThat(body(get("p/x"))).isEqualTo("body 1");
            service.status = 200;
            assertThat(body(get("p/x"))).isEqualTo("body 3");
            assertThat(service.lastHeader("if-none-match")).isEmpty();
        }

        @Test
        void theUpstreamsTroubleIsShownAndTheAnswerKeptForLater() {
            service.says("max-age=10");
            service.headers.put("etag", "\"v1\"");
            get("p/x");
            clock.advance(Duration.ofSeconds(10));
            service.status = 503;
            assertThat(get("p/x").code()).isEqualTo(CoapCode.SERVICE_UNAVAILABLE);
            service.status = 304;
            assertThat(body(get("p/x"))).isEqualTo("body 1");
        }

        @Test
        void aPostInPlaceOfFetchIsNeverConditional() {
            service.says("max-age=10");
            service.headers.put("etag", "\"v1\"");
            RequestOptions options = at("p/x").withContentFormat(60);
            begin(a, CoapMethod.FETCH, options, "a").join();
            clock.advance(Duration.ofSeconds(10));
            begin(a, CoapMethod.FETCH, options, "a").join();
            assertThat(service.lastHeader("if-none-match")).isEmpty();
        }

        @Test
        void aQueryIsValidated() {
            service.says("no-cache");
            service.headers.put("etag", "\"v1\"");
            RequestOptions options = at("q/x").withContentFormat(60);
            begin(a, CoapMethod.FETCH, options, "a").join();
            service.status = 304;
            assertThat(body(begin(a, CoapMethod.FETCH, options, "a").join())).isEqualTo("body 1");
            assertThat(service.lastHeader("if-none-match")).contains("\"v1\"");
        }
    }

    @Nested
    class Statuses {
        @ParameterizedTest
        @ValueSource(ints = {404, 410, 501})
        void errorsAreKeptOnlyForATimeThatIsGiven(int status) {
            service.status = status;
            service.headers.put("etag", "\"v1\"");
            get("p/x");
            get("p/x");
            assertAsked(2);
            service.says("max-age=60");
            get("p/x");
            get("p/x");
            assertAsked(3);
        }

        @ParameterizedTest
        @ValueSource(ints = {202, 206, 302, 400, 403, 429, 500, 503})
        void whatHttpDoesNotCallCacheableIsNotKept(int status) {
            service.status = status;
            service.says("max-age=60");
            get("p/x");
            get("p/x");
            assertAsked(2);
        }

        @Test
        void whatNoDeviceCouldReadIsNotKept() {
            service.says("max-age=60");
            service.headers.put("content-encoding", "gzip");
            assertThat(get("p/x").refusal()).contains(Refusal.UPSTREAM_RESPONSE_INVALID);
            get("p/x");
            assertAsked(2);
        }

        @Test
        void aResourceThatIsGoneTakesItsAnswerAlong() {
            service.says("no-cache");
            service.headers.put("etag", "\"v1\"");
            get("p/x");
            service.status = 404;
            get("p/x");
            service.status = 200;
            get("p/x");
            assertThat(service.lastHeader("if-none-match")).isEmpty();
        }
    }

    @Nested
    class Changes {
        private void change(CoapMethod method, String path) {
            begin(a, method, at(path).withContentFormat(0), "new").join();
        }

        @ParameterizedTest
        @EnumSource(
                mode = Mode.EXCLUDE,
                names = {"GET", "FETCH"})
        void aChangeEndsWhatIsKeptOfItsPathForAllDevicesAndQueries(CoapMethod method) {
            service.says("max-age=60");
            get(a, at("p/x"));
            get(b, at("p/x", "q=1"));
            get("p/y");
            change(method, "p/x");
            assertAsked(4);
            get("p/y");
            assertAsked(4);
            get(a, at("p/x"));
            get(b, at("p/x", "q=1"));
            assertAsked(6);
        }

        @Test
        void aChangeEndsWhatIsShared() {
            service.says("public, max-age=60");
            get(b, at("s/x"));
            change(CoapMethod.PUT, "s/x");
            get(b, at("s/x"));
            assertAsked(3);
        }

        @Test
        void aChangeThatWasRefusedChangesNothing() {
            service.says("max-age=60");
            get("p/x");
            service.status = 409;
            change(CoapMethod.PUT, "p/x");
            service.status = 200;
            assertThat(body(get("p/x"))).isEqualTo("body 1");
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void aChangeWhoseOutcomeIsUnknownMayHaveHappened(boolean noAnswer) {
            service.says("max-age=60");
            get("p/x");
            service.status = 504;
            service.holds = noAnswer;
            CompletableFuture<DeviceResponse> put = begin(a, CoapMethod.PUT, at("p/x"), "");
            service.held.forEach(answer ->
                    answer.completeExceptionally(new UpstreamException(Refusal.UPSTREAM_TIMEOUT, "nothing came")));
            assertThat(put.join().code()).isEqualTo(CoapCode.GATEWAY_TIMEOUT);
            service.status = 200;
            service.holds = false;
            assertThat(body(get("p/x"))).isEqualTo("body 3");
        }

        @Test
        void anAnswerThatWasAskedForBeforeTheChangeIsNotGivenAfterIt() {
            service.says("max-age=60");
            service.holds = true;
            CompletableFuture<DeviceResponse> before = begin(a, CoapMethod.GET, at("p/x"), "");
            UpstreamResponse old = service.answer();
            service.holds = false;
            change(CoapMethod.PUT, "p/x");
            CompletableFuture<DeviceResponse> after = begin(a, CoapMethod.GET, at("p/x"), "");
            service.held.remove().complete(old);
            assertThat(body(before.join())).isEqualTo("body 1");
            assertThat(body(after.join())).isEqualTo("body 3");
            assertThat(body(get("p/x"))).isEqualTo("body 3");
        }
    }

    @Nested
    class SingleFlight {
        private final List<CompletableFuture<DeviceResponse>> herd = new ArrayList<>();

        private void start(int count, AuthenticatedDevice device) {
            service.holds = true;
            for (int i = 0; i < count; i++) {
                herd.add(begin(device, CoapMethod.GET, at("p/x"), ""));
            }
        }

        @Test
        void aHerdOfOneDeviceAsksOnce() {
            service.says("max-age=60");
            start(5, a);
            assertAsked(1);
            service.held.remove().complete(service.answer());
            assertThat(herd)
                    .allSatisfy(response -> assertThat(body(response.join())).isEqualTo("body 1"));
            assertThat(uses).containsOnly(Map.entry(CacheUse.MISS, 1), Map.entry(CacheUse.HIT, 4));
        }

        @Test
        void twoDevicesDoNotWaitForOneAnother() {
            service.says("public, max-age=60");
            start(1, a);
            start(1, b);
            assertAsked(2);
        }

        @Test
        void whatMayNotBeGivenAgainIsAskedForByEach() {
            service.says("no-store");
            start(3, a);
            service.holds = false;
            service.held.remove().complete(service.answer());
            assertThat(herd).extracting(response -> body(response.join())).doesNotHaveDuplicates();
            assertAsked(3);
        }

        @Test
        void whatMustBeValidatedEachTimeIsSoForEach() {
            service.says("no-cache");
            service.headers.put("etag", "\"v1\"");
            start(3, a);
            service.holds = false;
            service.held.remove().complete(service.answer());
            assertAsked(3);
        }

        @Test
        void aFailureIsSharedAndLeavesNothingBehind() {
            start(3, a);
            service.held.remove().completeExceptionally(new UpstreamException(Refusal.UPSTREAM_TIMEOUT, "late"));
            assertThat(herd)
                    .allSatisfy(
                            response -> assertThat(response.join().refusal()).contains(Refusal.UPSTREAM_TIMEOUT));
            service.holds = false;
            assertThat(get("p/x").code()).isEqualTo(CoapCode.CONTENT);
            assertAsked(2);
        }
    }

    @Nested
    class Bounds {
        @Test
        void ofADevicesAnswersTheLeastRecentlyUsedGoesFirst() {
            exchange = exchange(new CacheSettings(1 << 20, 3500)); // three of them
            service.says("max-age=60");
            get("p/1");
            get("p/2");
            get("p/3");
            get("p/1");
            get("p/4");
            assertAsked(4);
            get("p/1");
            get("p/4");
            get("p/3");
            assertAsked(4);
            get("p/2");
            assertAsked(5);
        }

        @Test
        void oneDeviceTakesNothingFromAnother() {
            exchange = exchange(new CacheSettings(1 << 20, 3500));
            service.says("max-age=60");
            get(b, at("p/x"));
            for (int i = 0; i < 20; i++) {
                get("p/" + i);
            }
            get(b, at("p/x"));
            assertAsked(21);
        }

        @Test
        void whatIsLargerThanADevicesShareIsNotKept() {
            exchange = exchange(new CacheSettings(1 << 20, 1000));
            service.says("max-age=60");
            get("p/x");
            get("p/x");
            assertAsked(2);
        }

        @Test
        void allTogetherHaveABound() throws Exception {
            Shelves shelves = new Shelves(new CacheSettings(20_000, 4000), clock);
            StoredResponse response = StoredResponse.of(
                    new UpstreamResponse(200, Map.of(), new byte[1000]), clock.instant(), Duration.ofHours(1), 0);
            for (int i = 0; i < 200; i++) {
                CacheKey.Place place = new CacheKey.Place(BACKEND, RequestPath.of(List.of("x" + i)));
                shelves.put(
                        new CacheKey(
                                place,
                                "/x" + i,
                                CoapMethod.GET,
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                "",
                                Optional.empty()),
                        response);
            }
            Awaitility.await() // what is too much goes soon, not at once
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(shelves.bytes()).isPositive().isLessThanOrEqualTo(20_000));
        }
    }

    @Nested
    class Authorization {
        @Test
        void aRevokedDeviceGetsNothingThoughItIsKept() throws Exception {
            service.says("max-age=60");
            get("p/x");
            registry.replace(List.of(second));
            DeviceResponse refused = get("p/x");
            assertThat(refused.code()).isEqualTo(CoapCode.UNAUTHORIZED);
            assertThat(refused.refusal()).contains(Refusal.DEVICE_REVOKED);
        }

        @Test
        void aDeviceWithoutTheScopeGetsNothingThoughItIsShared() throws Exception {
            service.says("public, max-age=60");
            get(a, at("s/x"));
            registry.replace(List.of(first, Devices.device("d2", "other", Devices.psk("id2", Validity.ALWAYS))));
            assertThat(get(b, at("s/x")).refusal()).contains(Refusal.SCOPE_INSUFFICIENT);
        }
    }

    @Test
    void otherConditionsAreForTheUpstreamToJudge() {
        service.says("max-age=60");
        get("p/x");
        get(a, at("p/x").withPreconditions(new Preconditions(List.of(), List.of(), true, false)));
        assertThat(service.lastHeader("if-match")).contains("*");
        get(a, at("p/x").withPreconditions(new Preconditions(List.of(), List.of(), false, true)));
        assertThat(service.lastHeader("if-none-match")).contains("*");
        assertAsked(3);
        assertThat(body(get("p/x"))).isEqualTo("body 1");
    }
}
