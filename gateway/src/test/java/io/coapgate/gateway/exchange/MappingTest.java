package io.coapgate.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.Translation;
import io.coapgate.gateway.authz.Translations;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.payload.PayloadCodec;
import io.coapgate.gateway.payload.PayloadException;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.MutableClock;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and responses as they cross between CoAP and HTTP, RFC 7252 §10.1. */
class MappingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EntityTag SHORT = EntityTag.of("v1".getBytes(UTF_8));
    private static final Upstream BACKEND = request -> {
        throw new AssertionError();
    };

    private final MutableClock clock = new MutableClock(NOW);
    private final EntityTags entityTags = new EntityTags(100);
    private final RequestMapping requests = new RequestMapping(entityTags);
    private final ResponseMapping responses = new ResponseMapping(entityTags, new Freshness(clock), route -> BACKEND);

    private static Preconditions etags(EntityTag... tags) {
        return new Preconditions(List.of(tags), List.of(), false, false);
    }

    private static Preconditions ifMatch(EntityTag... tags) {
        return new Preconditions(List.of(), List.of(tags), false, false);
    }

    private DeviceRequest request(CoapMethod method, RequestOptions options) {
        return new DeviceRequest(
                new ExchangeId(1, 2),
                Devices.authenticated(Devices.device("d1", "", Devices.psk("d1", Validity.ALWAYS)), clock),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5684),
                method,
                options,
                new byte[0]);
    }

    private DeviceRequest request(CoapMethod method, Preconditions conditions) {
        return request(method, RequestOptions.of(List.of("things"), List.of()).withPreconditions(conditions));
    }

    private static Route route(HttpMethod fetchAs) {
        return route(Translations.fetchAs(fetchAs));
    }

    private static Route route(Translation translation) {
        return new Route(
                PathTemplate.parse("/**"),
                new UpstreamName("backend"),
                new Audience("https://backend.example"),
                Route.Authentication.SESSION,
                Map.of(CoapMethod.GET, ScopeSet.EMPTY),
                Map.of(),
                Duration.ofSeconds(5),
                16,
                translation,
                Optional.empty());
    }

    private UpstreamRequest sent(DeviceRequest request, HttpMethod fetchAs) {
        assertThat(requests.refusal(request, route(fetchAs))).isEmpty();
        return sent(request, route(fetchAs));
    }

    private UpstreamRequest sent(DeviceRequest request, Route route) {
        try {
            return requests.request(request, target(request), route).apply(new BearerToken("ey", NOW));
        } catch (PayloadException e) {
            throw new AssertionError(e);
        }
    }

    private static RequestTarget target(DeviceRequest request) {
        try {
            return RequestTarget.of(request.pathSegments(), request.queryArguments());
        } catch (InvalidPathException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, String> conditions(CoapMethod method, Preconditions conditions) {
        return sent(request(method, conditions), HttpMethod.QUERY).headers().stream()
                .filter(header -> header.name().startsWith("if-"))
                .collect(Collectors.toMap(Header::name, Header::value));
    }

    private DeviceResponse answer(DeviceRequest request, int status, Map<String, String> headers) {
        UpstreamResponse response = new UpstreamResponse(status, headers, "body".getBytes(UTF_8));
        assertThat(responses.unusable(request, response)).isEmpty();
        return responses
                .answer(request, target(request), route(HttpMethod.POST), response)
                .toCompletableFuture()
                .join();
    }

    private DeviceResponse get(Preconditions conditions, int status, Map<String, String> headers) {
        return answer(request(CoapMethod.GET, conditions), status, headers);
    }

    @Nested
    class Methods {
        @ParameterizedTest
        @CsvSource({
            "GET,POST,GET",
            "POST,POST,POST",
            "PUT,POST,PUT",
            "DELETE,POST,DELETE",
            "FETCH,POST,POST",
            "FETCH,QUERY,QUERY",
            "PATCH,POST,PATCH",
            "IPATCH,POST,PATCH"
        })
        void haveTheirCounterparts(CoapMethod method, HttpMethod fetchAs, HttpMethod expected) {
            assertThat(sent(request(method, Preconditions.NONE), fetchAs).method())
                    .isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({"GET,false", "FETCH,false", "POST,true", "PUT,true", "DELETE,true", "PATCH,true", "IPATCH,true"})
        void thatChangeSomethingCarryAnIdempotencyKey(CoapMethod method, boolean expected) {
            assertThat(sent(request(method, Preconditions.NONE), HttpMethod.POST)
                            .headers())
                    .extracting(Header::name)
                    .satisfies(names ->
                            assertThat(names.contains("idempotency-key")).isEqualTo(expected));
        }
    }

    @Nested
    class Conditions {
        @Test
        void etagsOfAReadBecomeIfNoneMatch() {
            EntityTag hashed = entityTags.toDevice("W/\"a-long-one\"").orElseThrow();
            EntityTag forgotten = EntityTag.of(new byte[] {-1, 2, 3, 4, 5, 6, 7, 8});
            assertThat(conditions(CoapMethod.GET, etags(SHORT, hashed, forgotten)))
                    .isEqualTo(Map.of("if-none-match", "\"v1\", W/\"a-long-one\""));
            assertThat(conditions(CoapMethod.FETCH, etags(SHORT))).isEqualTo(Map.of("if-none-match", "\"v1\""));
            assertThat(conditions(CoapMethod.GET, etags(forgotten))).isEmpty();
        }

        @Test
        void etagsOfAChangeSayNothingToHttp() {
            assertThat(conditions(CoapMethod.PUT, etags(SHORT))).isEmpty();
            assertThat(sent(request(CoapMethod.FETCH, etags(SHORT)), HttpMethod.POST)
                            .headers())
                    .extracting(Header::name)
                    .doesNotContain("if-none-match");
        }

        @Test
        void ifMatchAndIfNoneMatchCross() {
            assertThat(conditions(CoapMethod.PUT, ifMatch(SHORT))).isEqualTo(Map.of("if-match", "\"v1\""));
            assertThat(conditions(CoapMethod.PUT, new Preconditions(List.of(), List.of(SHORT), true, false)))
                    .isEqualTo(Map.of("if-match", "*"));
            assertThat(conditions(CoapMethod.PUT, new Preconditions(List.of(), List.of(), false, true)))
                    .isEqualTo(Map.of("if-none-match", "*"));
        }

        @Test
        void anIfMatchThatNothingCanFulfilIsRefusedHere() {
            EntityTag forgotten = EntityTag.of(new byte[] {-1, 2, 3, 4, 5, 6, 7, 8});
            DeviceResponse refusal = requests.refusal(
                            request(CoapMethod.PUT, ifMatch(forgotten)), route(HttpMethod.POST))
                    .orElseThrow();
            assertThat(refusal.code()).isEqualTo(CoapCode.PRECONDITION_FAILED);
            assertThat(refusal.refusal()).contains(Refusal.ENTITY_TAG_UNKNOWN);
            assertThat(conditions(CoapMethod.PUT, ifMatch(forgotten, SHORT))).isEqualTo(Map.of("if-match", "\"v1\""));
        }
    }

    @Nested
    class Validation {
        @Test
        void notModifiedBecomesValidWithItsETagAndWithoutPayload() {
            DeviceResponse valid = get(etags(SHORT), 304, Map.of("etag", "\"v1\"", "cache-control", "max-age=9"));
            assertThat(valid.code()).isEqualTo(CoapCode.VALID);
            assertThat(valid.options().etag()).contains(SHORT);
            assertThat(valid.maxAge()).contains(Duration.ofSeconds(9));
            assertThat(valid.payload()).isEmpty();
            assertThat(valid.contentFormat()).isEmpty();
        }

        @Test
        void withoutAnETagItIsTheOnlyOneThatWasAskedFor() {
            assertThat(get(etags(SHORT), 304, Map.of()).options().etag()).contains(SHORT);
        }

        @Test
        void aRepresentationThatTheDeviceHasIsNotSentAgain() {
            EntityTag hashed = new EntityTags(1).toDevice("\"a-long-one\"").orElseThrow();
            DeviceResponse valid = get(etags(hashed), 200, Map.of("etag", "\"a-long-one\""));
            assertThat(valid.code()).isEqualTo(CoapCode.VALID);
            assertThat(valid.payload()).isEmpty();
        }

        @Test
        void anotherOneIs() {
            DeviceResponse content = get(etags(SHORT), 200, Map.of("etag", "\"v2\""));
            assertThat(content.code()).isEqualTo(CoapCode.CONTENT);
            assertThat(content.options().etag()).contains(EntityTag.of("v2".getBytes(UTF_8)));
            assertThat(content.payload()).asString(UTF_8).isEqualTo("body");
        }

        @Test
        void aReadOfWhatMustNotExistFails() {
            Preconditions absent = new Preconditions(List.of(), List.of(), false, true);
            assertThat(get(absent, 304, Map.of()).code()).isEqualTo(CoapCode.PRECONDITION_FAILED);
        }

        @Test
        void aChangeTellsTheNewETag() {
            DeviceResponse changed = answer(request(CoapMethod.PUT, Preconditions.NONE), 200, Map.of("etag", "\"v2\""));
            assertThat(changed.options().etag()).contains(EntityTag.of("v2".getBytes(UTF_8)));
            assertThat(changed.maxAge()).isEmpty();
        }
    }

    @Nested
    class Responses {
        private String unusable(Preconditions conditions, int status, Map<String, String> headers) {
            return responses
                    .unusable(request(CoapMethod.GET, conditions), new UpstreamResponse(status, headers, new byte[0]))
                    .orElse("usable");
        }

        @ParameterizedTest
        @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
        void noRedirectIsUsable(int status) {
            assertThat(unusable(Preconditions.NONE, status, Map.of())).isEqualTo("a redirect, status " + status);
        }

        @Test
        void whatWasNotAskedForIsNotUsable() {
            assertThat(unusable(Preconditions.NONE, 206, Map.of())).contains("206");
            assertThat(unusable(Preconditions.NONE, 304, Map.of())).contains("304");
            assertThat(unusable(Preconditions.NONE, 200, Map.of("content-encoding", "gzip")))
                    .contains("coding");
            assertThat(unusable(Preconditions.NONE, 200, Map.of("content-encoding", "identity")))
                    .isEqualTo("usable");
        }

        @Test
        void whatIsNotThereIsDeleted() {
            DeviceRequest delete = request(CoapMethod.DELETE, Preconditions.NONE);
            for (int status : new int[] {404, 410}) {
                DeviceResponse deleted = answer(delete, status, Map.of("content-type", "application/json"));
                assertThat(deleted.code()).isEqualTo(CoapCode.DELETED);
                assertThat(deleted.payload()).isEmpty();
            }
            assertThat(answer(delete, 403, Map.of()).code()).isEqualTo(CoapCode.FORBIDDEN);
        }

        @Test
        void whereToFindTheNewResourceIsToldWithCreatedOnly() {
            Map<String, String> headers = Map.of("location", "/things/5?a=1");
            DeviceRequest post = request(CoapMethod.POST, Preconditions.NONE);
            assertThat(answer(post, 201, headers).options().location())
                    .contains(new Location(List.of("things", "5"), List.of("a=1")));
            assertThat(answer(post, 200, headers).options().location()).isEmpty();
        }

        @Test
        void anErrorPageThatADeviceCannotReadIsNotSent() {
            DeviceResponse html = get(Preconditions.NONE, 500, Map.of("content-type", "text/html"));
            assertThat(html.payload()).isEmpty();
            DeviceResponse json = get(Preconditions.NONE, 500, Map.of("content-type", "application/json"));
            assertThat(json.contentFormat()).hasValue(50);
            assertThat(json.payload()).asString(UTF_8).isEqualTo("body");
        }

        @Test
        void anErrorToAReadIsNotKeptUnlessTheServiceSaysSo() {
            assertThat(get(Preconditions.NONE, 404, Map.of()).maxAge()).contains(Duration.ZERO);
            assertThat(get(Preconditions.NONE, 404, Map.of("cache-control", "max-age=7"))
                            .maxAge())
                    .contains(Duration.ofSeconds(7));
            assertThat(get(Preconditions.NONE, 503, Map.of()).maxAge()).isEmpty();
            assertThat(get(Preconditions.NONE, 429, Map.of("retry-after", "3")).maxAge())
                    .contains(Duration.ofSeconds(3));
        }

        @Test
        void aBodyThatIsTooLongIsRefusedWithTheLengthThatIsNot() {
            DeviceRequest large = new DeviceRequest(
                    new ExchangeId(1, 2),
                    request(CoapMethod.PUT, Preconditions.NONE).device(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 5684),
                    CoapMethod.PUT,
                    RequestOptions.of(List.of("things"), List.of()),
                    new byte[17]);
            DeviceResponse refusal =
                    requests.refusal(large, route(HttpMethod.POST)).orElseThrow();
            assertThat(refusal.code()).isEqualTo(CoapCode.REQUEST_ENTITY_TOO_LARGE);
            assertThat(refusal.options().size1()).isEqualTo(OptionalInt.of(16));
        }
    }

    @Nested
    class Payloads {
        private static final int CBOR = 60;
        private final Route converting = route(Translations.codec(PayloadCodec.CBOR_JSON));

        private DeviceRequest post(RequestOptions options, String hex) {
            DeviceRequest empty = request(CoapMethod.POST, options);
            return new DeviceRequest(
                    empty.id(),
                    empty.device(),
                    empty.peer(),
                    CoapMethod.POST,
                    options,
                    HexFormat.of().parseHex(hex));
        }

        private RequestOptions cbor() {
            return RequestOptions.of(List.of("things"), List.of()).withContentFormat(CBOR);
        }

        private DeviceResponse answer(RequestOptions options, String type, String body) {
            DeviceRequest get = request(CoapMethod.GET, options);
            UpstreamResponse response = new UpstreamResponse(200, Map.of("content-type", type), body.getBytes(UTF_8));
            return responses
                    .answer(get, target(get), converting, response)
                    .exceptionally(failure -> Refusals.response(((UpstreamException) failure).reason()))
                    .toCompletableFuture()
                    .join();
        }

        @Test
        void aDevicesCborIsJsonToTheService() {
            UpstreamRequest sent = sent(post(cbor().withAccept(CBOR), "a16174f94d00"), converting);
            assertThat(sent.body()).asString(UTF_8).isEqualTo("{\"t\":20.0}");
            assertThat(sent.headers())
                    .contains(new Header("content-type", "application/json"), new Header("accept", "application/json"));
        }

        @Test
        void whatCannotBeConvertedIsRefusedBeforeItIsSent() {
            for (String unfit : List.of("a1", "a2617401617402", "f97e00")) {
                assertThatThrownBy(() -> requests.request(
                                post(cbor(), unfit), target(request(CoapMethod.POST, cbor())), converting))
                        .as(unfit)
                        .isInstanceOf(PayloadException.class);
            }
        }

        @Test
        void aServicesJsonIsCborToTheDevice() {
            DeviceResponse content = answer(
                    RequestOptions.of(List.of("things"), List.of()), "application/json; charset=utf-8", "{\"t\": 20}");
            assertThat(content.contentFormat()).hasValue(CBOR);
            assertThat(content.payload()).isEqualTo(HexFormat.of().parseHex("a1617414"));
        }

        @Test
        void aDeviceThatAcceptsJsonGetsIt() {
            RequestOptions json =
                    RequestOptions.of(List.of("things"), List.of()).withAccept(50);
            assertThat(answer(json, "application/json", "{}").contentFormat()).hasValue(50);
        }

        @Test
        void jsonThatIsNoneIsTheServicesFault() {
            RequestOptions any = RequestOptions.of(List.of("things"), List.of());
            assertThat(answer(any, "application/json", "{").refusal()).contains(Refusal.UPSTREAM_RESPONSE_INVALID);
            assertThat(answer(any.withAccept(41), "application/json", "{}").refusal())
                    .contains(Refusal.ACCEPT_UNSUPPORTED);
        }

        @Test
        void aBodyInTheCodingThatTheDeviceAcceptsCrosses() {
            int jsonDeflated = 11050;
            RequestOptions deflated =
                    RequestOptions.of(List.of("things"), List.of()).withAccept(jsonDeflated);
            DeviceRequest get = request(CoapMethod.GET, deflated);
            Route plain = route(HttpMethod.POST);
            assertThat(sent(get, plain).headers()).contains(new Header("accept-encoding", "deflate"));
            UpstreamResponse response = new UpstreamResponse(
                    200, Map.of("content-type", "application/json", "content-encoding", "deflate"), new byte[] {1, 2});
            DeviceResponse content = responses
                    .answer(get, target(get), plain, response)
                    .toCompletableFuture()
                    .join();
            assertThat(content.contentFormat()).hasValue(jsonDeflated);
        }
    }
}
