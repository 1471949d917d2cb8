package io.coapgate.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.Translation;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private final ResponseMapping responses = new ResponseMapping(entityTags, new Freshness(clock));

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
        return new Route(
                PathTemplate.parse("/**"),
                new UpstreamName("backend"),
                new Audience("https://backend.example"),
                Route.Authentication.SESSION,
                Map.of(CoapMethod.GET, ScopeSet.EMPTY),
                Map.of(),
                Duration.ofSeconds(5),
                16,
                new Translation(fetchAs, false));
    }

    private UpstreamRequest sent(DeviceRequest request, HttpMethod fetchAs) {
        assertThat(requests.refusal(request, route(fetchAs))).isEmpty();
        return requests.request(request, target(request), route(fetchAs), new BearerToken("ey", NOW));
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
        return responses.response(request, target(request), BACKEND, response);
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
}
