package io.coapgate.simulator.load;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Two bars on a terminal: one for connecting, one for the run with its latest figures. */
public final class BarProgress implements Progress {
    private static final int REFRESH_MILLIS = 250;

    private @Nullable ProgressBar connecting;
    private @Nullable ProgressBar running;
    private volatile String latest = "";

    @Override
    public void connecting(int done, int devices) {
        if (connecting == null) {
            connecting = bar("connecting", devices);
        }
        connecting.stepTo(done);
    }

    @Override
    public void running(Tick tick) {
        if (connecting != null) {
            connecting.close();
            connecting = null;
        }
        if (running == null) {
            running = bar("sending", tick.planned().toSeconds());
        }
        running.stepTo(Math.min(tick.elapsed().toSeconds(), tick.planned().toSeconds()));
        running.setExtraMessage(tick.text() + latest);
    }

    /** Shown with the next figures. */
    @Override
    public void happened(Duration elapsed, String what) {
        latest = "  " + what;
    }

    @Override
    public void close() {
        if (connecting != null) {
            connecting.close();
        }
        if (running != null) {
            running.close();
        }
    }

    private static ProgressBar bar(String name, long max) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(max)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .hideEta()
                .build();
    }
}
