package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.upstream.Neighbourhood.NAME;
import static io.coapgate.gateway.upstream.Neighbourhood.NO_CONTENT;
import static io.coapgate.gateway.upstream.Neighbourhood.get;
import static io.coapgate.gateway.upstream.Neighbourhood.nowhere;
import static io.coapgate.gateway.upstream.Neighbourhood.only;
import static io.coapgate.gateway.upstream.Neighbourhood.settings;
import static io.coapgate.gateway.upstream.Neighbourhood.status;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.upstream.UpstreamStatistics.BreakerState;
import io.coapgate.gateway.upstream.UpstreamStatistics.TargetState;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpstreamStatisticsTest {
    @RegisterExtension
    final Neighbourhood near = new Neighbourhood();

    private static UpstreamStatistics of(Upstreams upstreams) {
        return requireNonNull(upstreams.statistics().get(NAME));
    }

    @Test
    void tellOfTargetsRetriesAndEjections() throws Exception {
        RawServer good = near.answering(NO_CONTENT);
        URI dead = nowhere();
        Upstreams upstreams = near.upstreams(settings(dead, good.url()));

        for (int i = 0; i < 100; i++) {
            assertThat(status(only(upstreams).send(get()))).isEqualTo(204);
        }

        UpstreamStatistics statistics = of(upstreams);
        assertThat(statistics.targets())
                .isEqualTo(Map.of(
                        dead.getAuthority(), TargetState.EJECTED, good.url().getAuthority(), TargetState.HEALTHY));
        assertThat(statistics.ejections()).isOne();
        assertThat(statistics.retries()).isEqualTo(EjectionSettings.DEFAULT.after());
        assertThat(statistics.breaker()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void tellHowLongResponsesTook() throws Exception {
        NanoClock clock = new NanoClock();
        RawServer server = near.server(peer -> {
            while (true) {
                peer.read();
                clock.advance(Duration.ofMillis(100));
                peer.write(NO_CONTENT);
            }
        });
        Upstreams upstreams = near.upstreams(settings(server), clock);

        status(only(upstreams).send(get()));
        status(only(upstreams).send(get()));

        assertThat(of(upstreams).responses().counts())
                .as("100 ms counts as up to 100 ms")
                .containsExactly(0L, 0L, 2L, 0L, 0L, 0L, 0L);
        assertThat(of(upstreams).responses().totalNanos()).isEqualTo(200_000_000);
    }

    @Test
    void tellWhatIsUnderWay() throws Exception {
        RawServer server = near.server(peer -> {
            peer.read();
            peer.awaitEnd();
        });
        Upstreams upstreams = near.upstreams(settings(server));
        only(upstreams).send(get());

        await().untilAsserted(() -> assertThat(of(upstreams).inFlight()).isOne());
    }
}
