package io.coapgate.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.token.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockJumpsTest {
    private static final Duration REST = Duration.ofHours(1);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-25T08:00:00Z"));
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // wraps
    private final ClockJumps jumps = new ClockJumps(clock, nanos::get, REST);

    private boolean after(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
        return jumps.isSteady();
    }

    @Test
    void aClockThatGoesOnIsBelieved() {
        assertThat(after(Duration.ZERO)).isTrue();
        assertThat(after(Duration.ofDays(90))).isTrue();
    }

    @Test
    void aClockThatJumpsAheadIsNotBelievedForAWhile() {
        clock.advance(Duration.ofDays(365));
        assertThat(jumps.isSteady()).isFalse();
        assertThat(after(REST.minusSeconds(1))).isFalse();
        assertThat(after(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void norOneThatJumpsBack() {
        clock.advance(Duration.ofDays(-1));
        assertThat(jumps.isSteady()).isFalse();
        clock.advance(Duration.ofDays(1)); // and once more: it rests from here
        assertThat(after(REST.minusSeconds(1))).isFalse();
        assertThat(after(REST)).isTrue();
    }

    @Test
    void aClockThatIsSlewedIsBelieved() {
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofSeconds(30));
            assertThat(after(Duration.ofMinutes(1))).isTrue();
        }
    }
}
