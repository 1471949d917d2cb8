package io.coapgate.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has the sessions looked through when one that a token established ends (RFC 9202 §5). Keeps no session, only the seconds
 * in which some will end: at most as many as the longest token lives, however many sessions there are. Thread-safe.
 */
final class TokenSessionEnds {
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final ConcurrentSkipListSet<Long> seconds = new ConcurrentSkipListSet<>();
    private volatile Runnable sweep = () -> {};

    TokenSessionEnds(ScheduledExecutorService scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** @param looksThrough ends the sessions that may not go on; must return at once */
    void endBy(Runnable looksThrough) {
        sweep = looksThrough;
    }

    /** Some session will end then, unless another token extends it. */
    void at(Instant end) {
        long second = end.getEpochSecond() + 1; // the whole second is over
        if (seconds.add(second)) {
            schedule(second);
        }
    }

    private void schedule(long second) {
        Duration delay = Duration.between(clock.instant(), Instant.ofEpochSecond(second));
        var unused = scheduler.schedule(() -> due(second), Math.max(delay.toMillis(), 0), TimeUnit.MILLISECONDS);
    }

    private void due(long second) {
        if (clock.instant().isBefore(Instant.ofEpochSecond(second))) {
            schedule(second); // the clock was set back
            return;
        }
        seconds.remove(second);
        sweep.run();
    }
}
