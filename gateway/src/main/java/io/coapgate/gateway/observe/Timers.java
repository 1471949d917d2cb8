package io.coapgate.gateway.observe;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** When things happen: the time, what is to be done later, and the chance that keeps it from happening all at once. */
public final class Timers {
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final RandomGenerator random;
    private final AtomicLong ticks = new AtomicLong();

    /**
     * @param scheduler for tasks that are short and do not wait
     * @param random thread-safe; nothing secret depends on it
     */
    public Timers(Clock clock, ScheduledExecutorService scheduler, RandomGenerator random) {
        this.clock = requireNonNull(clock, "clock");
        this.scheduler = requireNonNull(scheduler, "scheduler");
        this.random = requireNonNull(random, "random");
    }

    /** Rises each time: tells what came before what, where a clock may stand still or go back. */
    long tick() {
        return ticks.incrementAndGet();
    }

    Instant now() {
        return clock.instant();
    }

    /** @param delay what is longer than 24 hours counts as that; once the gateway is closing, nothing happens */
    Future<?> after(Duration delay, Runnable task) {
        Duration bounded = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        try {
            return scheduler.schedule(task, Math.max(0, bounded.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Somewhere between these parts of a time. */
    Duration spread(Duration time, double least, double most) {
        return Duration.ofMillis((long) (time.toMillis() * (least + random.nextDouble() * (most - least))));
    }

    long anyNumber() {
        return random.nextLong();
    }
}
