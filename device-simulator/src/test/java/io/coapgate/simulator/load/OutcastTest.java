package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcastTest {
    private final LoadStatistics statistics = new LoadStatistics();
    private final Outcast removed = new Outcast("removed");

    @Test
    void failuresOfOutcastsAreCountedUnderTheirName() {
        statistics.ofOutcast(Optional.of(removed), null, new IllegalStateException("x"));
        assertThat(statistics.counts().errors()).isEqualTo(Map.of("removed: IllegalStateException", 1L));
        assertThat(statistics.underWay()).isZero();
        assertThat(removed.lastAccepted()).isEmpty();
    }

    @Test
    void requestThatWasDueBeforeHasAnOutcome() {
        statistics.due(0);
        statistics.completed(removed, null, new IllegalStateException("x"));
        assertThat(statistics.underWay()).isZero();
        assertThat(statistics.counts().answered()).isZero();
    }

    @Test
    void latestAcceptanceCountsHoweverTheyComeIn() {
        removed.accepted(-20);
        removed.accepted(-10);
        removed.accepted(-15);
        assertThat(removed.lastAccepted()).hasValue(-10);
    }

    @Test
    void clocksAreWrongInTheOrderOfTheDevices() {
        Clock right = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        List<ClockSkew> skews =
                List.of(new ClockSkew(2, Duration.ofSeconds(20)), new ClockSkew(1, Duration.ofHours(-1)));
        assertThat(List.of(0, 1, 2, 3))
                .extracting(index -> ClockSkew.of(skews, index, right).instant().getEpochSecond())
                .containsExactly(20L, 20L, -3600L, 0L);
    }
}
