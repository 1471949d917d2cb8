package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.upstream.Neighbourhood.NO_CONTENT;
import static io.coapgate.gateway.upstream.Neighbourhood.failure;
import static io.coapgate.gateway.upstream.Neighbourhood.get;
import static io.coapgate.gateway.upstream.Neighbourhood.nowhere;
import static io.coapgate.gateway.upstream.Neighbourhood.only;
import static io.coapgate.gateway.upstream.Neighbourhood.settings;
import static io.coapgate.gateway.upstream.Neighbourhood.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamStatistics.BreakerState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
    private static final Duration OPEN_FOR = Duration.ofSeconds(10);
    /** Half of the last 4, and 2 probes. */
    private static final BreakerSettings SETTINGS = new BreakerSettings(true, 50, 4, 4, OPEN_FOR, 2);

    private final NanoClock clock = new NanoClock();

    @Nested
    class ByItself {
        private final Breaker breaker = new Breaker(Neighbourhood.NAME, SETTINGS, clock);

        private void succeeds() {
            assertThat(breaker.permits()).isTrue();
            breaker.succeeded();
        }

        private void fails() {
            assertThat(breaker.permits()).isTrue();
            breaker.failed();
        }

        private void opens() {
            succeeds();
            succeeds();
            fails();
            assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
            fails();
            assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
            assertThat(breaker.permits()).isFalse();
        }

        private Duration retryAfter() {
            return breaker.refusal().retryAfter().orElseThrow();
        }

        @Test
        void opensWhenSoManyOfTheLastHaveFailed() {
            opens();
        }

        @Test
        void saysHowLongItStaysOpen() {
            opens();
            assertThat(breaker.refusal().reason()).isEqualTo(Refusal.UPSTREAM_CIRCUIT_OPEN);
            assertThat(retryAfter()).isEqualTo(OPEN_FOR);
            clock.advance(Duration.ofSeconds(4));
            assertThat(retryAfter()).isEqualTo(Duration.ofSeconds(6));
            clock.advance(Duration.ofSeconds(6));
            assertThat(retryAfter()).as("soon").isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void letsSoManyProbesThroughWhenTheTimeIsOver() {
            opens();
            clock.advance(OPEN_FOR.minusMillis(1));
            assertThat(breaker.permits()).isFalse();
            clock.advance(Duration.ofMillis(2));

            assertThat(breaker.permits()).isTrue();
            assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
            assertThat(breaker.permits()).isTrue();
            assertThat(breaker.permits()).isFalse();
        }

        @Test
        void closesWhenTheProbesSucceed() {
            opens();
            clock.advance(OPEN_FOR.plusMillis(1));
            succeeds();
            succeeds();
            assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
            opens();
        }

        @Test
        void opensAgainForAsLongWhenTheProbesFail() {
            opens();
            clock.advance(OPEN_FOR.plusSeconds(60));
            fails();
            fails();
            assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
            assertThat(retryAfter()).isEqualTo(OPEN_FOR);
        }

        @Test
        void givesAProbeThatSaysNothingToTheNext() {
            opens();
            clock.advance(OPEN_FOR.plusMillis(1));
            for (int i = 0; i < 10; i++) {
                assertThat(breaker.permits()).isTrue();
                breaker.neither();
            }
            assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        }

        @Test
        void staysClosedIfItIsNotEnabled() {
            Breaker none = new Breaker(Neighbourhood.NAME, new BreakerSettings(false, 1, 1, 1, OPEN_FOR, 1), clock);
            for (int i = 0; i < 10; i++) {
                assertThat(none.permits()).isTrue();
                none.failed();
            }
            assertThat(none.state()).isEqualTo(BreakerState.CLOSED);
        }

        @Test
        void refusesSettingsThatMeanNothing() {
            assertThatIllegalArgumentException().isThrownBy(() -> new BreakerSettings(true, 0, 4, 4, OPEN_FOR, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> new BreakerSettings(true, 50, 4, 5, OPEN_FOR, 2));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new BreakerSettings(true, 50, 4, 4, Duration.ZERO, 2));
        }
    }

    @Nested
    class OfAnUpstream {
        @RegisterExtension
        final Neighbourhood near = new Neighbourhood();

        private Upstream open(UpstreamSettings plain) {
            return only(near.upstreams(
                    new UpstreamSettings(
                            plain.name(),
                            plain.targets(),
                            plain.connections(),
                            plain.tls(),
                            new FailureSettings(
                                    Optional.empty(), new EjectionSettings(Integer.MAX_VALUE, OPEN_FOR), SETTINGS)),
                    clock));
        }

        @Test
        void failsAtOnceWhileItIsOpenAndComesBack() throws Exception {
            AtomicReference<String> response = new AtomicReference<>("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
            RawServer server = near.server(peer -> {
                while (true) {
                    peer.read();
                    peer.write(response.get());
                }
            });
            Upstream upstream = open(settings(server));
            for (int i = 0; i < 4; i++) {
                assertThat(status(upstream.send(get()))).isEqualTo(503);
            }

            UpstreamException refusal = failure(upstream.send(get()));
            assertThat(refusal.reason()).isEqualTo(Refusal.UPSTREAM_CIRCUIT_OPEN);
            assertThat(refusal.retryAfter()).contains(OPEN_FOR);
            assertThat(server.requests()).hasSize(4);

            clock.advance(OPEN_FOR.plusMillis(1));
            response.set(NO_CONTENT);
            for (int i = 0; i < 10; i++) {
                assertThat(status(upstream.send(get()))).isEqualTo(204);
            }
        }

        @Test
        void opensForConnectionsThatAreRefused() throws Exception {
            Upstream upstream = open(settings(nowhere()));
            for (int i = 0; i < 4; i++) {
                assertThat(failure(upstream.send(get())).reason()).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            }
            assertThat(failure(upstream.send(get())).reason()).isEqualTo(Refusal.UPSTREAM_CIRCUIT_OPEN);
        }

        @Test
        void opensForTimeouts() throws Exception {
            RawServer server = near.server(peer -> {
                peer.read();
                clock.advance(Duration.ofSeconds(8));
                peer.awaitEnd();
            });
            Upstream upstream = open(settings(server));
            for (int i = 0; i < 4; i++) {
                assertThat(failure(upstream.send(get())).reason()).isEqualTo(Refusal.UPSTREAM_TIMEOUT);
            }
            assertThat(failure(upstream.send(get())).reason()).isEqualTo(Refusal.UPSTREAM_CIRCUIT_OPEN);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 404, 429, 500})
        void staysClosedForWhatARequestMayHaveBroughtUponItself(int status) throws Exception {
            RawServer server = near.answering("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
            Upstream upstream = open(settings(server));
            for (int i = 0; i < 20; i++) {
                assertThat(status(upstream.send(get()))).isEqualTo(status);
            }
        }

        @Test
        void staysClosedForResponsesThatAreTooLarge() throws Exception {
            RawServer server = near.answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
            Upstream upstream = open(settings(server));
            for (int i = 0; i < 20; i++) {
                assertThat(failure(upstream.send(get())).reason()).isEqualTo(Refusal.UPSTREAM_RESPONSE_TOO_LARGE);
            }
        }

        @Test
        void staysClosedForFailuresThatAnotherTargetMadeGood() throws Exception {
            RawServer good = near.answering(NO_CONTENT);
            Upstream upstream = open(settings(nowhere(), good.url()));
            for (int i = 0; i < 50; i++) {
                assertThat(status(upstream.send(get()))).isEqualTo(204);
            }
        }
    }
}
