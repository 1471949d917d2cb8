package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void spreadsRequestsEvenly() {
        Schedule schedule = new Schedule(4, Duration.ofSeconds(2));
        assertThat(schedule.count()).isEqualTo(8);
        assertThat(schedule.dueNanos(0)).isZero();
        assertThat(schedule.dueNanos(1)).isEqualTo(250_000_000);
        assertThat(schedule.dueNanos(7)).isEqualTo(1_750_000_000);
    }

    @Test
    void doesNotDriftHoweverLongItLasts() {
        Schedule schedule = new Schedule(3, Duration.ofDays(1));
        assertThat(schedule.count()).isEqualTo(3 * 86_400);
        assertThat(schedule.dueNanos(3 * 3600)).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void hasOneRequestAtLeast() {
        assertThat(new Schedule(0.1, Duration.ofSeconds(1)).count()).isEqualTo(1);
    }
}
