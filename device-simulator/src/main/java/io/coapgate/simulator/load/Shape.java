package io.coapgate.simulator.load;

import java.time.Duration;
import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** How requests are spread over a phase. Rates are requests per second of the whole fleet. Immutable. */
public sealed interface Shape {
    /** Beyond this no client sends, and due times are closer than a clock tells apart. */
    double MAX_RATE = 1e6;

    /**
     * When requests are due, in nanoseconds from the phase's start, ascending, all of them before its end.
     *
     * @param random used only by what is random
     */
    PrimitiveIterator.OfLong due(Duration duration, RandomGenerator random);

    /** The same distance between all requests; rate 0 sends nothing. Exact, whatever the rate. */
    record Constant(double rate) implements Shape {
        public Constant {
            requireRate(rate);
        }

        @Override
        public PrimitiveIterator.OfLong due(Duration duration, RandomGenerator random) {
            return LongStream.range(0, count(rate, duration))
                    .map(n -> nanos(n / rate))
                    .iterator();
        }
    }

    /** As many independent devices send: distances are exponentially distributed around the rate's. */
    record Poisson(double rate) implements Shape {
        public Poisson {
            requireRate(rate);
        }

        @Override
        public PrimitiveIterator.OfLong due(Duration duration, RandomGenerator random) {
            return rate == 0
                    ? LongStream.empty().iterator()
                    : LongStream.iterate(gap(random), due -> due < duration.toNanos(), due -> due + gap(random))
                            .iterator();
        }

        private long gap(RandomGenerator random) {
            return nanos(-Math.log(1 - random.nextDouble()) / rate);
        }
    }

    /** A rate that goes evenly from one value to the other. */
    record Ramp(double from, double to) implements Shape {
        public Ramp {
            requireRate(from);
            requireRate(to);
        }

        /** n = from·t + (to − from)·t²/2T, solved for t in the form that loses no digits when both rates are alike. */
        @Override
        public PrimitiveIterator.OfLong due(Duration duration, RandomGenerator random) {
            double slope = (to - from) / seconds(duration);
            return LongStream.range(0, count((from + to) / 2, duration))
                    .map(n -> n == 0 ? 0 : nanos(2 * n / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * n)))))
                    .iterator();
        }
    }

    /** As a constant rate, that rises at once from one value to the other in so many equal stretches. */
    record Step(double from, double to, int steps) implements Shape {
        private static final int MAX_STEPS = 1000;

        public Step {
            requireRate(from);
            requireRate(to);
            if (steps < 2 || steps > MAX_STEPS) {
                throw new IllegalArgumentException("there are 2 to " + MAX_STEPS + " steps, not " + steps);
            }
        }

        @Override
        public PrimitiveIterator.OfLong due(Duration duration, RandomGenerator random) {
            Duration each = duration.dividedBy(steps);
            return LongStream.range(0, steps)
                    .flatMap(step -> {
                        double rate = from + (to - from) * step / (steps - 1);
                        return LongStream.range(0, count(rate, each)).map(n -> step * each.toNanos() + nanos(n / rate));
                    })
                    .iterator();
        }
    }

    /** So many requests at the same moment, again and again. */
    record Burst(int size, Duration every) implements Shape {
        public Burst {
            if (size < 1 || size > MAX_RATE) {
                throw new IllegalArgumentException("a burst has 1 to " + (long) MAX_RATE + " requests, not " + size);
            }
            if (every.toMillis() < 1) {
                throw new IllegalArgumentException("bursts are a millisecond apart at least");
            }
        }

        @Override
        public PrimitiveIterator.OfLong due(Duration duration, RandomGenerator random) {
            return LongStream.iterate(0, start -> start < duration.toNanos(), start -> start + every.toNanos())
                    .flatMap(start -> LongStream.generate(() -> start).limit(size))
                    .iterator();
        }
    }

    /**
     * Closed loop: each device sends its next request once the last one is answered and it has thought for so long. Nothing is
     * due by itself.
     */
    record Closed(Duration thinkTime) implements Shape {
        public Closed {
            if (thinkTime.isNegative()) {
                throw new IllegalArgumentException("a device thinks for 0 seconds at least");
            }
        }

        @Override
        public PrimitiveIterator.OfLong due(Duration duration, RandomGenerator random) {
            return LongStream.empty().iterator();
        }
    }

    private static void requireRate(double rate) {
        if (!(rate >= 0 && rate <= MAX_RATE)) {
            throw new IllegalArgumentException("a rate is 0 to 1,000,000 requests per second, not " + rate);
        }
    }

    private static long count(double rate, Duration duration) {
        return (long) Math.floor(rate * seconds(duration));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }
}
