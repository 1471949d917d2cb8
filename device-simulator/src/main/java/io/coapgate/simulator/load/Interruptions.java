package io.coapgate.simulator.load;

import io.coapgate.simulator.run.Timeline.Mark;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does what is to be done to a run, in order, on a thread of its own. Thread-safe. */
final class Interruptions implements AutoCloseable {
    private static final Duration LONG = Duration.ofMillis(500);

    private final List<Interruption> planned;
    private final Interruption.Devices devices;
    private final Progress progress;
    private final RunClock time;
    private final List<Mark> marks = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable IOException failure;

    private Interruptions(List<Interruption> planned, Interruption.Devices devices, Progress progress, RunClock time) {
        this.planned =
                planned.stream().sorted(Comparator.comparing(Interruption::at)).toList();
        this.devices = devices;
        this.progress = progress;
        this.time = time;
        this.thread = new Thread(this::run, "interruptions");
        thread.setDaemon(true);
    }

    /** Requests begin now. */
    static Interruptions start(
            List<Interruption> planned, Interruption.Devices devices, Progress progress, RunClock time) {
        Interruptions started = new Interruptions(planned, devices, progress, time);
        started.thread.start();
        return started;
    }

    private void run() {
        Duration begin = time.elapsed();
        for (Interruption next : planned) {
            try {
                Duration left = begin.plus(next.at()).minus(time.elapsed());
                if (over.await(left.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                happened(next.name(), begin);
                Duration before = time.elapsed();
                next.action().run(devices);
                if (time.elapsed().minus(before).compareTo(LONG) > 0) {
                    happened(next.name() + " done", begin);
                }
            } catch (InterruptedException e) {
                return; // nobody interrupts this thread but the end of the virtual machine
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                failure = new IOException(next.name() + ": " + e.getMessage(), e);
                return;
            }
        }
    }

    private void happened(String what, Duration begin) {
        marks.add(new Mark(time.seconds(), what));
        progress.happened(time.elapsed().minus(begin), what);
    }

    /** What was done so far; of what took long also its end. */
    List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** The first that could not be done, after which no others were. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Waits for what is being done, and does no more. */
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
