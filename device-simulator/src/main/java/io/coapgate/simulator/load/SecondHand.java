package io.coapgate.simulator.load;

import io.coapgate.simulator.run.Second;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Samples once a second, and tells the progress once requests have begun. Thread-safe. */
final class SecondHand implements AutoCloseable {
    private final Sampler sampler;
    private final Progress progress;
    private final Duration planned;
    private final ScheduledExecutorService timer;
    /** When requests began, System.nanoTime(); guarded by this, and so is {@link #begun}. */
    private long begin;

    private boolean begun;

    private SecondHand(Sampler sampler, Progress progress, Duration planned) {
        this.sampler = sampler;
        this.progress = progress;
        this.planned = planned;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "second-hand");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The first second begins now. */
    static SecondHand start(Sampler sampler, Progress progress, Duration planned) {
        SecondHand hand = new SecondHand(sampler, progress, planned);
        var unused = hand.timer.scheduleAtFixedRate(hand::tick, 1, 1, TimeUnit.SECONDS);
        return hand;
    }

    /** Requests begin now. */
    synchronized void requestsBegin() {
        begin = System.nanoTime();
        begun = true;
    }

    private synchronized void tick() {
        Second second = sampler.sample();
        if (begun) {
            progress.running(
                    new Progress.Tick(Duration.ofNanos(System.nanoTime() - begin), planned, second, sampler.errors()));
        }
    }

    /** Takes what is left as a last second, and stops; the sampler is the caller's from now on. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tick();
    }
}
