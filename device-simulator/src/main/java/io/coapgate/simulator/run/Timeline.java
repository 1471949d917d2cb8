package io.coapgate.simulator.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How the run went, in order.
 *
 * @param planned how long requests were to be sent, all phases together; connecting is not in it
 * @param elapsed from the start to the last outcome
 * @param phases in order; the first is {@code connect} if devices connected before requests were due
 * @param marks what was done to the run from outside, in order
 * @param seconds one for each second of the run from 0 on, without gaps
 */
public record Timeline(Duration planned, Duration elapsed, List<Phase> phases, List<Mark> marks, List<Second> seconds) {
    public Timeline {
        requireNonNull(planned, "planned");
        requireNonNull(elapsed, "elapsed");
        phases = List.copyOf(phases);
        marks = List.copyOf(marks);
        seconds = List.copyOf(seconds);
    }

    /**
     * A stretch of the run with one kind of load.
     *
     * @param from seconds from the start, included
     * @param until seconds from the start, excluded
     */
    public record Phase(String name, double from, double until) {
        public Phase {
            requireNonNull(name, "name");
        }
    }

    /**
     * Something that happened to the run: a fault was injected, the gateway was started again, a key was rotated.
     *
     * @param t seconds from the start
     */
    public record Mark(double t, String text) {
        public Mark {
            requireNonNull(text, "text");
        }

        /** The text of the mark for when a request of such devices was accepted last: {@code removed: last accepted}. */
        public static String lastAccepted(String devices) {
            return devices + ": last accepted";
        }
    }
}
