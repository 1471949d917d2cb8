package io.coapgate.gateway.observe;

import io.coapgate.gateway.token.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time is a clock that a test moves; tasks run on the test's thread. */
public final class ManualScheduler extends ScheduledThreadPoolExecutor {
    private final MutableClock clock;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing((Task task) -> task.due).thenComparing(task -> task.number));
    private int scheduled;

    public ManualScheduler(MutableClock clock) {
        super(0);
        this.clock = clock;
    }

    /** Lets time pass, and everything happen that is due by then, in order. */
    public void advance(Duration time) {
        Instant end = clock.instant().plus(time);
        while (!tasks.isEmpty() && !tasks.peek().due.isAfter(end)) {
            Task next = tasks.remove();
            clock.advance(Duration.between(clock.instant(), next.due));
            next.run();
        }
        clock.advance(Duration.between(clock.instant(), end));
    }

    /** Tasks that wait and have not been cancelled. */
    public long waiting() {
        return tasks.stream().filter(task -> !task.isCancelled()).count();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        if (isShutdown()) {
            throw new RejectedExecutionException();
        }
        Task task = new Task(command, clock.instant().plus(Duration.of(delay, unit.toChronoUnit())), scheduled++);
        tasks.add(task);
        return task;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final Instant due;
        private final int number;

        Task(Runnable command, Instant due, int number) {
            super(command, null);
            this.due = due;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(clock.instant(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
