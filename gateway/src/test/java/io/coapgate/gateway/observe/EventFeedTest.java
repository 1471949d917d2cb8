package io.coapgate.gateway.observe;

import static io.coapgate.gateway.observe.Engine.REFRESH;
import static io.coapgate.gateway.observe.Engine.get;
import static io.coapgate.gateway.observe.Engine.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.ObservationEnd;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.observe.Engine.Ear;
import io.coapgate.gateway.observe.Engine.Stream;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Observations that are fed by Server-Sent Events. */
class EventFeedTest {
    private static final Duration GAP = PacedOffers.GAP;
    private final Engine engine = new Engine();
    private final AuthenticatedDevice device = engine.device("d1");

    @BeforeEach
    void serve() {
        engine.answers(200, "{}", "content-type", "application/json");
    }

    /** Observes, and lets the stream be asked for. */
    private Ear observing() {
        Ear ear = engine.observing(get(device, "live", "x"));
        engine.scheduler.advance(Duration.ZERO);
        return ear;
    }

    private Stream stream() {
        return engine.streams.get(engine.streams.size() - 1);
    }

    private void pass(Duration time) {
        engine.scheduler.advance(time);
    }

    @Nested
    class AStream {
        @Test
        void isAskedForBelowThePathWithTheDevicesJwt() {
            DeviceRequest request =
                    Engine.request(device, CoapMethod.GET, RequestOptions.of(List.of("live", "a b"), List.of("q=1")));
            engine.observing(request);
            pass(Duration.ZERO);
            assertThat(stream().request.method()).isEqualTo(HttpMethod.GET);
            assertThat(stream().request.target()).isEqualTo("/live/a%20b/events?q=1");
            assertThat(stream().request.token().authorization()).isEqualTo("Bearer d1");
            assertThat(header(stream().request, "accept")).isEqualTo("text/event-stream");
            assertThat(header(stream().request, "last-event-id")).isEmpty();
            assertThat(header(stream().request, "if-none-match")).isEmpty();
        }

        @Test
        void tellsTheStateThatEachEventSays() {
            Ear ear = observing();
            assertThat(stream().begin()).isTrue();
            pass(Duration.ZERO);
            assertThat(stream().say(": hello\n\ndata: {\"v\":1}\n\n")).isTrue();
            pass(GAP);
            stream().say("data: {\"v\"");
            stream().say(":2}\n\n");
            assertThat(ear.texts()).containsExactly("{\"v\":1}", "{\"v\":2}");
            assertThat(ear.states.get(0).contentFormat()).hasValue(50);
            assertThat(ear.states.get(0).maxAge()).isPresent();
        }

        @Test
        void tellsTheNewestOfWhatComesTooFast() {
            Ear ear = observing();
            stream().begin();
            pass(Duration.ZERO);
            for (int i = 1; i <= 1000; i++) {
                stream().say("data: {\"v\":" + i + "}\n\n");
            }
            assertThat(ear.texts()).containsExactly("{\"v\":1}");
            pass(GAP);
            assertThat(ear.texts()).containsExactly("{\"v\":1}", "{\"v\":1000}");
            stream().say("data: {\"v\":1001}\n\n");
            pass(GAP);
            assertThat(ear.texts()).hasSize(3);
        }

        @Test
        void doesNotTellTheSameTwice() {
            Ear ear = observing();
            stream().begin();
            stream().say("data: {}\n\n");
            pass(GAP);
            stream().say("data: {}\n\n");
            assertThat(ear.texts()).isEmpty();
        }

        @Test
        void isPrecededByAPollForWhatWasMissed() {
            Ear ear = observing();
            engine.answers(200, "{\"missed\":1}", "content-type", "application/json");
            assertThat(engine.asked).isEmpty();
            stream().begin();
            pass(Duration.ZERO);
            assertThat(engine.asked).hasSize(1);
            assertThat(ear.texts()).containsExactly("{\"missed\":1}");
        }

        @Test
        void goesWithTheObservation() {
            Ear ear = new Ear();
            Observation observation =
                    engine.observe(get(device, "live", "x"), ear).orElseThrow();
            pass(Duration.ZERO);
            stream().begin();
            observation.end(ObservationEnd.CANCELLED);
            assertThat(stream().closed).isTrue();
            stream().say("data: {\"late\":1}\n\n");
            pass(Duration.ofHours(1));
            assertThat(ear.states).isEmpty();
            assertThat(engine.streams).hasSize(1);
            assertThat(engine.scheduler.waiting()).isZero();
        }

        @Test
        void tellsNothingToADeviceThatIsRevoked() throws Exception {
            Ear ear = observing();
            stream().begin();
            engine.registry.replace(List.of(Devices.disabled(Engine.record("d1"))));
            stream().say("data: {\"v\":1}\n\n");
            assertThat(ear.states).isEmpty();
            assertThat(ear.codes()).containsExactly("4.01");
            assertThat(stream().closed).isTrue();
        }

        @Test
        void isOneForEachDevice() {
            observing();
            engine.observing(get(engine.device("d2"), "live", "x"));
            pass(Duration.ZERO);
            assertThat(engine.streams).hasSize(2);
            assertThat(stream().request.token().authorization()).isEqualTo("Bearer d2");
        }
    }

    @Nested
    class Reconnecting {
        @Test
        void goesOnWhereTheStreamEnded() {
            observing();
            stream().begin();
            stream().say("id: 7\ndata: {\"v\":1}\n\nid: 8\n");
            stream().end();
            assertThat(engine.streams).hasSize(1);
            pass(Duration.ofSeconds(5));
            assertThat(engine.streams).hasSize(2);
            assertThat(header(stream().request, "last-event-id")).isEqualTo("7");
        }

        @Test
        void waitsAsLongAsTheStreamWants() {
            observing();
            stream().begin();
            stream().say("retry: 60000\n\n");
            stream().end();
            pass(Duration.ofSeconds(59));
            assertThat(engine.streams).hasSize(1);
            pass(Duration.ofSeconds(32));
            assertThat(engine.streams).hasSize(2);
        }

        @Test
        void neitherHurriesNorWaitsForeverBecauseTheStreamWantsIt() {
            observing();
            stream().begin();
            stream().say("retry: 0\n");
            stream().end();
            pass(Duration.ofMillis(900));
            assertThat(engine.streams).hasSize(1);
            pass(Duration.ofSeconds(1));
            stream().begin();
            stream().say("retry: 999999999\n");
            stream().end();
            pass(Duration.ofMinutes(5).minusSeconds(1));
            assertThat(engine.streams).hasSize(2);
            pass(Duration.ofMinutes(3));
            assertThat(engine.streams).hasSizeGreaterThan(2);
        }

        @Test
        void becomesRarerWhileItFailsAndNotAfterwards() {
            observing();
            for (int i = 0; i < 5; i++) {
                stream().end();
                pass(Duration.ofSeconds(3L << i).multipliedBy(3).dividedBy(2));
                assertThat(engine.streams).hasSize(i + 2);
            }
            stream().end();
            pass(Duration.ofSeconds(90));
            assertThat(engine.streams).hasSize(6);
            pass(Duration.ofSeconds(60));
            stream().begin();
            stream().say("data: {\"v\":1}\n\n");
            stream().end();
            pass(Duration.ofSeconds(5));
            assertThat(engine.streams).hasSize(8);
        }

        @Test
        void happensBeforeTheJwtEnds() { // after 60 s
            observing();
            stream().begin();
            stream().say("id: 1\ndata: {\"v\":1}\n\n");
            Stream first = stream();
            pass(Duration.ofSeconds(47));
            assertThat(engine.streams).hasSize(1);
            pass(Duration.ofSeconds(8));
            assertThat(engine.streams).hasSize(2);
            assertThat(first.closed).isTrue();
            assertThat(header(stream().request, "last-event-id")).isEqualTo("1");
            first.say("data: {\"late\":1}\n\n");
            first.end();
            pass(Duration.ofSeconds(30));
            assertThat(engine.streams).hasSize(2);
        }

        @Test
        void isForgoneWhereThereIsNoStream() {
            observing();
            assertThat(stream().begin(204, "")).isFalse();
            pass(REFRESH);
            assertThat(engine.streams).hasSize(1);
            assertThat(engine.asked).as("polls go on").isNotEmpty();
        }

        @Test
        void followsAnAnswerThatIsNoStream() {
            observing();
            assertThat(stream().begin(503, "text/plain")).isFalse();
            pass(Duration.ofSeconds(5));
            assertThat(stream().begin(200, "application/json")).isFalse();
            pass(Duration.ofSeconds(10));
            assertThat(stream().begin(200, "text/event-streams")).isFalse();
            pass(Duration.ofSeconds(20));
            assertThat(engine.streams).hasSize(4);
        }

        @Test
        void followsAnEventThatIsTooLong() {
            Ear ear = observing();
            stream().begin();
            assertThat(stream().say("data: " + "x".repeat(70_000))).isFalse();
            pass(Duration.ofSeconds(5));
            assertThat(engine.streams).hasSize(2);
            assertThat(ear.states).isEmpty();
        }
    }

    @Nested
    class PollsBeside {
        @Test
        void doNotTakeBackWhatAnEventHasToldMeanwhile() {
            Ear ear = observing();
            CompletableFuture<UpstreamResponse> late = new CompletableFuture<>();
            engine.upstream = request -> late;
            stream().begin();
            pass(Duration.ZERO);
            stream().say("data: {\"v\":2}\n\n");
            late.complete(Engine.response(200, "{\"v\":1}", "content-type", "application/json")
                    .toCompletableFuture()
                    .join());
            assertThat(ear.texts()).containsExactly("{\"v\":2}");
        }

        @Test
        void findTheErrorThatEndsIt() {
            Ear ear = observing();
            stream().begin(404, "");
            engine.answers(404, "");
            pass(REFRESH.multipliedBy(2));
            assertThat(ear.codes()).containsExactly("4.04");
            assertThat(engine.scheduler.waiting()).isZero();
        }

        @Test
        void tellTheStateAgainWhereNoEventComes() {
            Ear ear = observing();
            stream().begin();
            pass(REFRESH.multipliedBy(3));
            assertThat(ear.texts()).isNotEmpty().containsOnly("{}");
        }

        @Test
        void knowWhatAnEventHasTold() {
            Ear ear = observing();
            stream().begin();
            pass(Duration.ZERO);
            stream().say("data: {\"v\":1}\n\n");
            engine.answers(200, "{\"v\":1}", "content-type", "application/json", "etag", "\"1\"");
            stream().end();
            pass(Duration.ofSeconds(5));
            stream().begin(); // asks what was missed
            pass(Duration.ZERO);
            assertThat(ear.texts()).containsExactly("{\"v\":1}");
        }

        @Test
        void areNotHurriedByEveryEventThatTheDeviceCannotHave() {
            engine.answers(200, "octets", "content-type", "application/octet-stream");
            int octets = 42;
            engine.observing(Engine.request(
                    device,
                    CoapMethod.GET,
                    RequestOptions.of(List.of("live", "x"), List.of()).withAccept(octets)));
            pass(Duration.ZERO);
            stream().begin();
            pass(Duration.ZERO);
            int asked = engine.asked.size();
            for (int i = 0; i < 1000; i++) {
                stream().say("data: {\"v\":" + i + "}\n\n");
                pass(Duration.ZERO);
            }
            assertThat(engine.asked).hasSize(asked);
            assertThat(engine.scheduler.waiting()).isLessThan(10);
            pass(GAP);
            assertThat(engine.asked).as("asked for once").hasSize(asked + 1);
        }

        @Test
        void areNotHurriedPastARetryAfter() {
            observing();
            engine.answers(503, "", "retry-after", "600");
            stream().begin();
            pass(Duration.ZERO);
            assertThat(engine.asked).hasSize(1);
            stream().end();
            pass(Duration.ofSeconds(5));
            stream().begin();
            pass(Duration.ofMinutes(9));
            assertThat(engine.asked).hasSize(1);
        }
    }
}
