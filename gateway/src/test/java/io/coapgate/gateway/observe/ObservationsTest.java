package io.coapgate.gateway.observe;

import static io.coapgate.gateway.observe.Engine.INTERVAL;
import static io.coapgate.gateway.observe.Engine.MAX_AGE;
import static io.coapgate.gateway.observe.Engine.ONE_POLL;
import static io.coapgate.gateway.observe.Engine.REFRESH;
import static io.coapgate.gateway.observe.Engine.get;
import static io.coapgate.gateway.observe.Engine.header;
import static io.coapgate.gateway.observe.Engine.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ObservationEnd;
import io.coapgate.gateway.exchange.Preconditions;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.observe.Engine.Ear;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private final Engine engine = new Engine();
    private final AuthenticatedDevice device = engine.device("d1");

    @Nested
    class Registration {
        @Test
        void standsWithTheFirstRepresentationWhichIsFreshUntilTheNextIsOverdue() {
            engine.serves("1", "a");
            DeviceRequest request = get(device, "own", "x");
            DeviceResponse answer = engine.answer(request);
            Observation observation =
                    engine.observations.register(request, answer, new Ear()).orElseThrow();
            assertThat(observation.dated(answer).maxAge()).contains(MAX_AGE);
            assertThat(engine.observations.count()).isEqualTo(1);
            assertThat(engine.heard).containsExactly("d1 began");
        }

        @Test
        void standsWithAValidationToo() {
            engine.serves("1", "a");
            DeviceResponse first = engine.answer(get(device, "own", "x"));
            RequestOptions held = get(device, "own", "x")
                    .options()
                    .withPreconditions(
                            new Preconditions(List.of(first.options().etag().orElseThrow()), List.of(), false, false));
            Ear ear = engine.observing(request(device, CoapMethod.GET, held));
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.states).isEmpty();
            engine.serves("2", "b");
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.texts()).containsExactly("b");
        }

        @Test
        void needsARouteWithAFeedAndAReadThatSucceeds() {
            engine.answers(200, "a");
            assertThat(engine.observe(get(device, "plain", "x"), new Ear())).isEmpty();
            assertThat(engine.observe(request(device, CoapMethod.POST, options()), new Ear()))
                    .isEmpty();
            RequestOptions ifExists = options().withPreconditions(new Preconditions(List.of(), List.of(), true, false));
            assertThat(engine.observe(request(device, CoapMethod.GET, ifExists), new Ear()))
                    .isEmpty();
            engine.answers(404, "");
            assertThat(engine.observe(get(device, "own", "x"), new Ear())).isEmpty();
            engine.answers(503, "");
            assertThat(engine.observe(get(device, "own", "x"), new Ear())).isEmpty();
            assertThat(engine.observe(get(device, "token", "x"), new Ear())).isEmpty();
            assertThat(engine.heard).isEmpty();
            assertThat(engine.scheduler.waiting()).isZero();
        }

        private RequestOptions options() {
            return RequestOptions.of(List.of("own", "x"), List.of());
        }

        @Test
        void isDeclinedOverEitherLimitAndAnsweredAllTheSame() {
            Engine small = new Engine(new ObservationSettings(3, 2));
            small.answers(200, "a");
            AuthenticatedDevice one = small.device("d1");
            AuthenticatedDevice two = small.device("d2");
            Observation first = small.observe(get(one, "own", "1"), new Ear()).orElseThrow();
            small.observing(get(one, "own", "2"));
            assertThat(small.observe(get(one, "own", "3"), new Ear())).isEmpty();
            small.observing(get(two, "own", "1"));
            assertThat(small.observe(get(two, "own", "2"), new Ear())).isEmpty();
            assertThat(small.heard).containsExactly("d1 began", "d1 began", "d1 declined", "d2 began", "d2 declined");
            first.end(ObservationEnd.CANCELLED);
            first.end(ObservationEnd.REJECTED);
            assertThat(small.observe(get(two, "own", "2"), new Ear())).isPresent();
            assertThat(small.observe(get(one, "own", "4"), new Ear())).isEmpty();
        }

        @Test
        void leavesNothingBehind() {
            engine.serves("1", "a", "cache-control", "public");
            List<Observation> all = IntStream.range(0, 5)
                    .mapToObj(i -> engine.observe(get(device, "own", "" + i % 2), new Ear())
                            .orElseThrow())
                    .toList();
            engine.scheduler.advance(ONE_POLL.multipliedBy(3));
            all.forEach(observation -> observation.end(ObservationEnd.CANCELLED));
            assertThat(engine.observations.count()).isZero();
            assertThat(engine.scheduler.waiting()).isZero();
        }

        @Test
        void endsWithAWordWhenTheGatewayEnds() {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.observations.close();
            assertThat(ear.codes()).containsExactly("5.03");
            assertThat(ear.last.get(0).refusal()).contains(Refusal.SHUTTING_DOWN);
            assertThat(engine.observe(get(device, "own", "x"), new Ear())).isEmpty();
            assertThat(engine.heard).containsExactly("d1 began", "d1 shutdown");
        }
    }

    @Nested
    class Polling {
        @Test
        void asksWithTheEntityTagAndTellsOnlyWhatIsNew() {
            engine.serves("1", "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.asked).hasSize(1);
            assertThat(header(engine.asked.get(0), "if-none-match")).isEqualTo("\"1\"");
            assertThat(engine.asked.get(0).target()).isEqualTo("/own/x");
            assertThat(ear.states).isEmpty();
            engine.serves("2", "b");
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.texts()).containsExactly("b");
            assertThat(ear.states.get(0).maxAge()).contains(MAX_AGE);
            assertThat(ear.states.get(0).contentFormat()).hasValue(0);
            assertThat(ear.states.get(0).options().etag()).isPresent();
            engine.scheduler.advance(ONE_POLL);
            assertThat(header(engine.asked.get(engine.asked.size() - 1), "if-none-match"))
                    .isEqualTo("\"2\"");
            assertThat(ear.states).hasSize(1);
        }

        @Test
        void comparesPayloadsWhereThereIsNoEntityTag() {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.scheduler.advance(ONE_POLL.multipliedBy(2));
            assertThat(ear.states).isEmpty();
            engine.answers(200, "b");
            engine.scheduler.advance(ONE_POLL);
            engine.answers(200, "a");
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.texts()).containsExactly("b", "a");
        }

        @Test
        void isNeverFasterThanTheInterval() {
            engine.answers(200, "a");
            engine.observing(get(device, "own", "x"));
            engine.scheduler.advance(ONE_POLL);
            engine.asked.clear();
            engine.scheduler.advance(INTERVAL.multipliedBy(100));
            assertThat(engine.asked).hasSizeBetween(90, 100);
        }

        @Test
        void isSpreadOverTheInterval() {
            engine.answers(200, "a");
            Instant start = engine.clock.instant();
            List<Long> polls = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                engine.observing(get(device, "own", "" + i));
            }
            engine.upstream = request -> {
                polls.add(Duration.between(start, engine.clock.instant()).toSeconds());
                return Engine.response(200, "a");
            };
            engine.scheduler.advance(INTERVAL);
            assertThat(polls).hasSize(10).allMatch(second -> second >= 15);
            assertThat(polls.stream().distinct().count()).isGreaterThan(5);
        }

        @Test
        void waitsForTheLastAnswerBeforeItAsksAgain() {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            CompletableFuture<UpstreamResponse> late = new CompletableFuture<>();
            engine.upstream = request -> late;
            engine.scheduler.advance(INTERVAL.multipliedBy(10));
            assertThat(engine.asked).hasSize(1);
            late.complete(Engine.response(200, "b").toCompletableFuture().join());
            assertThat(ear.texts()).containsExactly("b");
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.asked).hasSize(2);
        }

        @Test
        void keepsMostOfAnUpstreamsConnectionsFree() {
            Engine many = new Engine(new ObservationSettings(100, 100));
            many.answers(200, "a");
            AuthenticatedDevice one = many.device("d1");
            for (int i = 0; i < 50; i++) {
                many.observing(get(one, "own", "" + i));
            }
            CompletableFuture<UpstreamResponse> late = new CompletableFuture<>();
            many.upstream = request -> late;
            many.scheduler.advance(INTERVAL.multipliedBy(3));
            assertThat(many.asked).hasSize(Polls.MAX_UNDER_WAY);
            many.answers(200, "a");
            late.complete(Engine.response(200, "a").toCompletableFuture().join());
            many.scheduler.advance(Duration.ofSeconds(2));
            assertThat(many.asked.stream().map(request -> request.target()).distinct())
                    .hasSize(50);
        }

        @Test
        void tellsTheSameStateAgainBeforeTheDeviceTakesItForOutdated() {
            engine.serves("1", "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.scheduler.advance(REFRESH.minusSeconds(1));
            assertThat(ear.states).isEmpty();
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.texts()).containsExactly("a");
            engine.scheduler.advance(REFRESH);
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.texts()).containsExactly("a", "a");
        }

        @Test
        void looksPastWhatIsKeptForUseAgain() {
            engine.answers(200, "a", "cache-control", "public, max-age=3600");
            Ear ear = engine.observing(get(device, "kept", "x"));
            assertThat(engine.answer(get(device, "kept", "x")).code()).isEqualTo(CoapCode.CONTENT);
            assertThat(engine.asked).as("it is kept").isEmpty();
            engine.answers(200, "b", "cache-control", "public, max-age=3600");
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.texts()).containsExactly("b");
        }

        @Test
        void observesAFetchByItsBody() {
            engine.answers(200, "a");
            DeviceRequest fetch = new DeviceRequest(
                    get(device).id(),
                    device,
                    get(device).peer(),
                    CoapMethod.FETCH,
                    RequestOptions.of(List.of("own", "x"), List.of()).withContentFormat(50),
                    "{}".getBytes(StandardCharsets.UTF_8));
            Ear ear = engine.observing(fetch);
            engine.answers(200, "b");
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.asked.get(0).method()).isEqualTo(HttpMethod.POST);
            assertThat(engine.asked.get(0).body()).asString().isEqualTo("{}");
            assertThat(ear.texts()).containsExactly("b");
        }
    }

    @Nested
    class Errors {
        @Test
        void endWithTheirCode() {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.answers(404, "");
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.codes()).containsExactly("4.04");
            assertThat(engine.heard).containsExactly("d1 began", "d1 upstream");
            assertThat(engine.scheduler.waiting()).isZero();
        }

        @Test
        void thatPassAreNotTold() {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.answers(503, "");
            engine.scheduler.advance(ONE_POLL.multipliedBy(4));
            engine.upstream = request -> CompletableFuture.failedFuture(
                    new UpstreamException(Refusal.UPSTREAM_UNREACHABLE, "connection refused"));
            engine.scheduler.advance(Duration.ofMinutes(5));
            assertThat(ear.last).isEmpty();
            engine.answers(200, "b");
            engine.scheduler.advance(Duration.ofMinutes(10));
            assertThat(ear.texts()).first().isEqualTo("b");
            assertThat(ear.last).isEmpty();
        }

        @Test
        void areToldOnceTheDeviceHasNothingFreshAnyMore() {
            engine.answers(200, "a");
            Instant start = engine.clock.instant();
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.answers(503, "detail", "retry-after", "100000");
            engine.scheduler.advance(MAX_AGE.minusSeconds(1));
            assertThat(ear.last).isEmpty();
            assertThat(engine.asked).as("never before Retry-After").hasSize(1);
            engine.scheduler.advance(Duration.ofSeconds(2));
            assertThat(ear.codes()).containsExactly("5.03");
            assertThat(ear.last.get(0).payload()).isEmpty();
            assertThat(Duration.between(start, engine.clock.instant())).isLessThan(MAX_AGE.plusSeconds(2));
        }

        @Test
        void makePollsRarer() {
            engine.answers(200, "a");
            engine.observing(get(device, "own", "x"));
            engine.answers(504, "");
            engine.scheduler.advance(Duration.ofMinutes(10));
            assertThat(engine.asked).hasSizeBetween(3, 6); // 0.5, 1, 2, 4 minutes apart
        }

        @Test
        void ofTheFormatAre406() {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.answers(200, "{}", "content-type", "application/json");
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.codes()).containsExactly("4.06");
            assertThat(engine.heard).contains("d1 format_changed");
        }

        @Test
        void ofTheGatewayEndTheObservationAndNothingElse() {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.upstream = request -> {
                throw new IllegalStateException("a bug");
            };
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.codes()).containsExactly("5.00");
            assertThat(engine.scheduler.waiting()).isZero();
        }
    }

    @Nested
    class Authorization {
        @Test
        void endsWithTheToken() throws Exception {
            engine.answers(200, "a");
            engine.upload(device, Duration.ofSeconds(100));
            Ear ear = engine.observing(get(device, "token", "x"));
            engine.scheduler.advance(Duration.ofSeconds(99));
            assertThat(ear.last).isEmpty();
            engine.scheduler.advance(Duration.ofSeconds(1).plusMillis(1)); // at once, not at the next poll
            assertThat(ear.codes()).containsExactly("4.01");
            assertThat(ear.last.get(0).contentFormat()).hasValue(ContentFormat.ACE_CBOR);
            assertThat(engine.heard).containsExactly("d1 began", "d1 unauthorized");
        }

        @Test
        void goesOnWithANewToken() throws Exception {
            engine.answers(200, "a");
            engine.upload(device, Duration.ofSeconds(100));
            Ear ear = engine.observing(get(device, "token", "x"));
            engine.scheduler.advance(Duration.ofSeconds(90));
            engine.upload(device, Duration.ofSeconds(100));
            engine.scheduler.advance(Duration.ofSeconds(99));
            assertThat(ear.last).isEmpty();
            engine.scheduler.advance(Duration.ofSeconds(2));
            assertThat(ear.codes()).containsExactly("4.01");
        }

        @Test
        void isAskedForAgainWhenTheAnswerIsThere() throws Exception {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            CompletableFuture<UpstreamResponse> late = new CompletableFuture<>();
            engine.upstream = request -> late;
            engine.scheduler.advance(ONE_POLL);
            revoke();
            late.complete(Engine.response(200, "secret").toCompletableFuture().join());
            assertThat(ear.states).isEmpty();
            assertThat(ear.codes()).containsExactly("4.01");
        }

        @Test
        void endsAtRevocationBeforeAnyPoll() throws Exception {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            Ear other = engine.observing(get(engine.device("d2"), "own", "x"));
            revoke();
            assertThat(engine.observations.recheck()).isEqualTo(1);
            assertThat(ear.codes()).containsExactly("4.01");
            assertThat(ear.last.get(0).refusal()).contains(Refusal.DEVICE_REVOKED);
            assertThat(other.last).isEmpty();
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.carriers()).containsExactly("d2");
        }

        @Test
        void endsWithALostScope() throws Exception {
            engine.answers(200, "a");
            Ear ear = engine.observing(get(device, "own", "x"));
            Device less = Devices.device("d1", "write", Devices.psk("psk-d1", Validity.ALWAYS));
            engine.registry.replace(List.of(less));
            engine.observations.recheck();
            assertThat(ear.codes()).containsExactly("4.03");
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.asked).isEmpty();
        }

        private void revoke() throws Exception {
            engine.registry.replace(List.of(Devices.disabled(Engine.record("d1")), Engine.record("d2")));
        }
    }

    @Nested
    class Sharing {
        private final AuthenticatedDevice second = engine.device("d2");

        @Test
        void doesNotHappenByDefault() {
            engine.upstream = request -> Engine.response(200, request.token().authorization());
            Ear ear = engine.observing(get(device, "own", "x"));
            Ear other = engine.observing(get(second, "own", "x"));
            engine.upstream =
                    request -> Engine.response(200, "new for " + request.token().authorization());
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.carriers()).containsExactlyInAnyOrder("d1", "d2");
            assertThat(ear.texts()).containsExactly("new for Bearer d1");
            assertThat(other.texts()).containsExactly("new for Bearer d2");
        }

        @Test
        void takesOnePollWhatIsPublic() {
            engine.serves("1", "a", "cache-control", "max-age=5, Public");
            Ear ear = engine.observing(get(device, "own", "x"));
            Ear other = engine.observing(get(second, "own", "x"));
            Ear third = engine.observing(get(second, "own", "y"));
            engine.serves("2", "b", "cache-control", "public");
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.asked.stream().map(request -> request.target()))
                    .containsExactlyInAnyOrder("/own/x", "/own/y");
            assertThat(List.of(ear.texts(), other.texts(), third.texts())).containsOnly(List.of("b"));
        }

        @Test
        void beginsOnceAPollFindsItPublic() {
            engine.serves("1", "a");
            engine.observing(get(device, "own", "x"));
            engine.observing(get(second, "own", "x"));
            engine.serves("1", "a", "cache-control", "public");
            engine.scheduler.advance(ONE_POLL);
            engine.asked.clear();
            engine.scheduler.advance(INTERVAL.multipliedBy(10));
            assertThat(engine.asked).hasSizeBetween(9, 10);
        }

        @Test
        void endsWithTheFirstAnswerThatIsNotPublicAndShowsItToNobodyElse() {
            engine.serves("1", "a", "cache-control", "public");
            Ear ear = engine.observing(get(device, "own", "x"));
            Ear other = engine.observing(get(second, "own", "x"));
            engine.upstream =
                    request -> Engine.response(200, "for " + request.token().authorization());
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.texts()).containsExactly("for Bearer d1");
            assertThat(other.texts()).isEmpty();
            engine.scheduler.advance(ONE_POLL);
            assertThat(other.texts()).containsExactly("for Bearer d2");
        }

        @Test
        void needsMoreThanTheWord() {
            for (String[] headers : new String[][] {
                {"cache-control", "public, private"},
                {"cache-control", "public, no-store"},
                {"cache-control", "no-cache=\"x, public, y\""},
                {"cache-control", "public", "vary", "Accept, Authorization"},
                {"cache-control", "public", "vary", "*"},
                {"cache-control", "x-public=1"},
            }) {
                Engine fresh = new Engine();
                fresh.answers(200, "a", headers);
                fresh.observing(get(fresh.device("d1"), "own", "x"));
                fresh.observing(get(fresh.device("d2"), "own", "x"));
                fresh.scheduler.advance(ONE_POLL);
                assertThat(fresh.carriers()).as("%s", List.of(headers)).containsExactlyInAnyOrder("d1", "d2");
            }
        }

        @Test
        void isNotForThoseWhoAskForAnotherFormat() {
            engine.serves("1", "a", "cache-control", "public");
            engine.observing(get(device, "own", "x"));
            engine.observing(request(
                    second, CoapMethod.GET, get(second, "own", "x").options().withAccept(0)));
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.carriers()).containsExactlyInAnyOrder("d1", "d2");
        }

        @Test
        void isNotForFetch() {
            engine.answers(200, "a", "cache-control", "public");
            engine.observing(
                    request(device, CoapMethod.FETCH, get(device, "own", "x").options()));
            engine.observing(
                    request(second, CoapMethod.FETCH, get(second, "own", "x").options()));
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.carriers()).containsExactlyInAnyOrder("d1", "d2");
        }

        @Test
        void goesOnWithTheJwtOfAnotherWhenOneMayNoMore() throws Exception {
            engine.serves("1", "a", "cache-control", "public");
            Ear ear = engine.observing(get(device, "own", "x"));
            Ear other = engine.observing(get(second, "own", "x"));
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.carriers()).containsExactly("d1");
            engine.registry.replace(List.of(Devices.disabled(Engine.record("d1")), Engine.record("d2")));
            engine.serves("2", "b", "cache-control", "public");
            engine.scheduler.advance(ONE_POLL);
            assertThat(engine.carriers()).containsExactly("d2");
            assertThat(ear.codes()).containsExactly("4.01");
            assertThat(ear.texts()).isEmpty();
            assertThat(other.texts()).containsExactly("b");
        }

        @Test
        void bringsALatecomerUpToDate() {
            engine.serves("1", "a", "cache-control", "public");
            Ear ear = engine.observing(get(device, "own", "x"));
            engine.serves("2", "b", "cache-control", "public");
            Ear other = engine.observing(get(second, "own", "x"));
            engine.scheduler.advance(ONE_POLL);
            assertThat(header(engine.asked.get(0), "if-none-match")).isEmpty();
            assertThat(ear.texts()).containsExactly("b");
            assertThat(other.texts()).as("it has it already").isEmpty();
        }

        @Test
        void givesNobodyTheErrorOfAnother() {
            engine.serves("1", "a", "cache-control", "public");
            Ear ear = engine.observing(get(device, "own", "x"));
            Ear other = engine.observing(get(second, "own", "x"));
            engine.upstream = request -> request.token().authorization().endsWith("d1")
                    ? Engine.response(403, "no, d1")
                    : Engine.response(200, "b");
            engine.scheduler.advance(ONE_POLL.multipliedBy(2));
            assertThat(ear.codes()).containsExactly("4.03");
            assertThat(other.last).isEmpty();
            assertThat(other.texts()).containsExactly("b");
        }

        @Test
        void isNoneForThoseWhoseOwnRequestsAreNotTooMany() {
            engine.serves("1", "a", "cache-control", "public");
            Ear ear = engine.observing(get(device, "own", "x"));
            Ear other = engine.observing(get(second, "own", "x"));
            engine.upstream = request -> request.token().authorization().endsWith("d1")
                    ? Engine.response(429, "", "retry-after", "86400")
                    : Engine.response(200, "b");
            engine.scheduler.advance(ONE_POLL.multipliedBy(2));
            assertThat(ear.texts()).isEmpty();
            assertThat(other.texts()).containsExactly("b");
            assertThat(other.last).isEmpty();
        }

        @Test
        void endsForAllWithAPublicError() {
            engine.serves("1", "a", "cache-control", "public");
            Ear ear = engine.observing(get(device, "own", "x"));
            Ear other = engine.observing(get(second, "own", "x"));
            engine.answers(404, "", "cache-control", "public");
            engine.scheduler.advance(ONE_POLL);
            assertThat(ear.codes()).containsExactly(CoapCode.NOT_FOUND.toString());
            assertThat(other.codes()).containsExactly(CoapCode.NOT_FOUND.toString());
            assertThat(engine.scheduler.waiting()).isZero();
        }
    }
}
