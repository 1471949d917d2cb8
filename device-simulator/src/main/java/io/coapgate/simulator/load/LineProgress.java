package io.coapgate.simulator.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** A plain line a second, for logs and pipes. */
public final class LineProgress implements Progress {
    private static final int STEPS = 10;

    private final PrintStream out;
    private int reported;

    public LineProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void connecting(int done, int devices) {
        int step = done * STEPS / devices;
        if (step > reported) {
            reported = step;
            out.printf(Locale.ROOT, "connecting  %,d of %,d%n", done, devices);
        }
    }

    @Override
    public void running(Tick tick) {
        out.printf(Locale.ROOT, "%4d s  %s%n", tick.elapsed().toSeconds(), tick.text());
    }

    @Override
    public void happened(Duration elapsed, String what) {
        out.printf(Locale.ROOT, "%4d s  %s%n", elapsed.toSeconds(), what);
    }

    @Override
    public void close() {
        out.flush();
    }
}
