package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.upstream.Neighbourhood.NO_CONTENT;
import static io.coapgate.gateway.upstream.Neighbourhood.failure;
import static io.coapgate.gateway.upstream.Neighbourhood.get;
import static io.coapgate.gateway.upstream.Neighbourhood.only;
import static io.coapgate.gateway.upstream.Neighbourhood.post;
import static io.coapgate.gateway.upstream.Neighbourhood.settings;
import static io.coapgate.gateway.upstream.Neighbourhood.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EjectionTest {
    private static final Duration FOR = Duration.ofSeconds(30);

    private final NanoClock clock = new NanoClock();

    @Nested
    class OfOneTarget {
        private final Ejection ejection = new Ejection(new EjectionSettings(3, FOR), clock);

        private void passes(Duration time) {
            clock.advance(time);
        }

        @Test
        void isDueAfterSoManyFailuresInARow() {
            assertThat(ejection.failed()).isFalse();
            assertThat(ejection.failed()).isFalse();
            ejection.succeeded();
            assertThat(ejection.failed()).isFalse();
            assertThat(ejection.failed()).isFalse();
            assertThat(ejection.failed()).isTrue();
        }

        @Test
        void endsByItself() {
            assertThat(ejection.isOut()).isFalse();
            assertThat(ejection.eject()).isEqualTo(FOR);
            passes(FOR.minusNanos(1));
            assertThat(ejection.isOut()).isTrue();
            passes(Duration.ofNanos(1));
            assertThat(ejection.isOut()).isFalse();
        }

        @Test
        void lastsLongerEachTimeUpToABound() {
            for (int times = 1; times <= 10; times++) {
                assertThat(ejection.eject()).isEqualTo(FOR.multipliedBy(times));
                passes(FOR.multipliedBy(times));
            }
            assertThat(ejection.eject()).isEqualTo(FOR.multipliedBy(10));
        }

        @Test
        void beginsAnewOnceItHasBeenBackForLong() {
            ejection.eject();
            passes(FOR.multipliedBy(11));
            assertThat(ejection.eject()).isEqualTo(FOR);
        }

        @Test
        void countsFailuresAnewWhenItIsOver() {
            for (int i = 0; i < 3; i++) {
                ejection.failed();
            }
            ejection.eject();
            passes(FOR);
            assertThat(ejection.failed()).isFalse();
        }
    }

    @Nested
    class AmongTargets {
        @RegisterExtension
        final Neighbourhood near = new Neighbourhood();

        private UpstreamSettings after(int failures, RawServer... servers) {
            UpstreamSettings plain = settings(servers);
            return new UpstreamSettings(
                    plain.name(),
                    plain.targets(),
                    plain.connections(),
                    plain.tls(),
                    Neighbourhood.without(new EjectionSettings(failures, FOR)));
        }

        @ParameterizedTest
        @ValueSource(ints = {502, 503, 504})
        void keepsRequestsAwayFromOneThatFailsUntilTheTimeIsOver(int failing) throws Exception {
            RawServer bad = near.answering("HTTP/1.1 " + failing + " X\r\nContent-Length: 0\r\n\r\n");
            RawServer good = near.answering(NO_CONTENT);
            Upstream upstream = only(near.upstreams(after(3, bad, good), clock));

            for (int i = 0; i < 100; i++) {
                assertThat(status(upstream.send(get()))).isEqualTo(204);
            }
            assertThat(bad.requests()).hasSize(3);

            clock.advance(FOR);
            for (int i = 0; i < 100; i++) {
                assertThat(status(upstream.send(get()))).isEqualTo(204);
            }
            assertThat(bad.requests()).hasSize(6);
        }

        @Test
        void followsLostConnections() throws Exception {
            RawServer bad = near.server(peer -> {
                peer.read();
                peer.reset();
            });
            assertEjected(bad, near.answering(NO_CONTENT), Refusal.UPSTREAM_UNREACHABLE);
        }

        @Test
        void followsTimeouts() throws Exception {
            RawServer bad = near.server(peer -> {
                peer.read();
                clock.advance(Duration.ofSeconds(8));
                peer.awaitEnd();
            });
            assertEjected(bad, near.answering(NO_CONTENT), Refusal.UPSTREAM_TIMEOUT);
        }

        /** Sends POSTs, which are not tried again. */
        private void assertEjected(RawServer bad, RawServer good, Refusal reason) throws Exception {
            Upstream upstream = only(near.upstreams(after(2, bad, good), clock));
            await().pollDelay(Duration.ZERO).until(() -> {
                int before = bad.requests().size();
                CompletionStage<UpstreamResponse> answer = upstream.send(post());
                if (isAnswered(answer)) {
                    return false;
                }
                assertThat(failure(answer).reason()).isEqualTo(reason);
                return before == 1;
            });
            for (int i = 0; i < 30; i++) {
                assertThat(status(upstream.send(post()))).isEqualTo(204);
            }
            assertThat(bad.requests()).hasSize(2);
        }

        private static boolean isAnswered(CompletionStage<UpstreamResponse> answer) throws Exception {
            return answer.handle((response, failure) -> failure == null)
                    .toCompletableFuture()
                    .get();
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 404, 429, 500, 501})
        void doesNotFollowOtherStatuses(int status) throws Exception {
            RawServer one = near.answering("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
            RawServer other = near.answering(NO_CONTENT);
            Upstream upstream = only(near.upstreams(after(1, one, other), clock));

            for (int i = 0; i < 60; i++) {
                assertThat(status(upstream.send(get()))).isIn(204, status);
            }

            assertThat(one.requests()).hasSizeGreaterThan(3);
        }

        @Test
        void leavesTheLastOne() throws Exception {
            String bad = "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n";
            RawServer one = near.answering(bad);
            RawServer two = near.answering(bad);
            RawServer three = near.answering(bad);
            Upstreams upstreams = near.upstreams(after(1, one, two, three), clock);

            for (int i = 0; i < 50; i++) {
                assertThat(status(only(upstreams).send(post()))).isEqualTo(503);
            }

            assertThat(one.requests().size()
                            + two.requests().size()
                            + three.requests().size())
                    .isEqualTo(50);
            assertThat(Stream.of(one, two, three)
                            .filter(server -> server.requests().size() == 1))
                    .hasSize(2);
        }

        @Test
        void doesNotHappenToAnOnlyOne() throws Exception {
            RawServer only = near.answering("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
            Upstream upstream = only(near.upstreams(after(1, only), clock));

            for (int i = 0; i < 10; i++) {
                assertThat(status(upstream.send(get()))).isEqualTo(503);
            }

            assertThat(only.requests()).hasSize(10);
        }
    }
}
