package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Spliterators;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private static final long MILLI = 1_000_000;

    @Test
    void constantRateSpreadsRequestsEvenly() {
        assertThat(due(new Shape.Constant(4), Duration.ofSeconds(2)))
                .hasSize(8)
                .startsWith(0, 250 * MILLI, 500 * MILLI)
                .endsWith(1750 * MILLI);
    }

    @Test
    void constantRateDoesNotDriftHoweverLongItLasts() {
        long[] due = due(new Shape.Constant(3), Duration.ofDays(1));
        assertThat(due).hasSize(3 * 86_400);
        assertThat(due[3 * 3600]).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void rateOfZeroSendsNothing() {
        assertThat(due(new Shape.Constant(0), Duration.ofSeconds(2))).isEmpty();
        assertThat(due(new Shape.Poisson(0), Duration.ofSeconds(2))).isEmpty();
        assertThat(due(new Shape.Ramp(0, 0), Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void poissonHasItsRateAndAsMuchSpread() {
        long[] due = due(new Shape.Poisson(100), Duration.ofSeconds(100));
        assertThat((double) due.length).isCloseTo(10_000, within(400.0)); // four standard deviations
        double[] gaps = LongStream.range(1, due.length)
                .mapToDouble(i -> (due[(int) i] - due[(int) i - 1]) / 1e7)
                .toArray();
        double mean = LongStream.range(0, gaps.length)
                .mapToDouble(i -> gaps[(int) i])
                .average()
                .orElseThrow();
        double variance = LongStream.range(0, gaps.length)
                .mapToDouble(i -> Math.pow(gaps[(int) i] - mean, 2))
                .average()
                .orElseThrow();
        assertThat(Math.sqrt(variance)).isCloseTo(mean, within(0.1));
    }

    @Test
    void rampSendsWhatIsBelowItsLineAtEachMoment() {
        long[] due = due(new Shape.Ramp(0, 100), Duration.ofSeconds(10));
        assertThat(due).hasSize(500).isSorted();
        // After half of the time a quarter is due: 5 · 5² = 125.
        assertThat(due[125]).isCloseTo(5_000 * MILLI, within(MILLI));
        assertThat(due(new Shape.Ramp(100, 0), Duration.ofSeconds(10))[375]).isCloseTo(5_000 * MILLI, within(MILLI));
    }

    @Test
    void rampWithoutSlopeIsAConstantRate() {
        assertThat(due(new Shape.Ramp(4, 4), Duration.ofSeconds(2)))
                .isEqualTo(due(new Shape.Constant(4), Duration.ofSeconds(2)));
    }

    @Test
    void stepsAreConstantRatesOneAfterTheOther() {
        assertThat(due(new Shape.Step(2, 4, 2), Duration.ofSeconds(2)))
                .containsExactly(0, 500 * MILLI, 1000 * MILLI, 1250 * MILLI, 1500 * MILLI, 1750 * MILLI);
    }

    @Test
    void burstsAreDueAtOnce() {
        assertThat(due(new Shape.Burst(3, Duration.ofSeconds(1)), Duration.ofSeconds(2)))
                .containsExactly(0, 0, 0, 1000 * MILLI, 1000 * MILLI, 1000 * MILLI);
    }

    @Test
    void nothingIsDueByItselfInAClosedLoop() {
        assertThat(due(new Shape.Closed(Duration.ZERO), Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void refusesWhatIsNoRate() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Shape.Constant(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shape.Poisson(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shape.Ramp(1, 2e6));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shape.Step(1, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shape.Burst(0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shape.Burst(1, Duration.ZERO));
    }

    private static long[] due(Shape shape, Duration duration) {
        return StreamSupport.longStream(
                        Spliterators.spliteratorUnknownSize(shape.due(duration, new SplittableRandom(1)), 0), false)
                .toArray();
    }
}
