package io.coapgate.simulator.run;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One run of a fleet against a server, complete enough to be reported on and compared without asking again.
 *
 * <p>Times within a run are seconds from its start, which is when the first device began to connect. Immutable.
 *
 * @param format of the file, {@link #FORMAT}
 */
public record RunRecord(int format, Setting setting, Timeline timeline, Results results) {
    /** The only format that is read and written now. */
    public static final int FORMAT = 1;

    public RunRecord {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format is " + FORMAT + ", not " + format);
        }
        requireNonNull(setting, "setting");
        requireNonNull(timeline, "timeline");
        requireNonNull(results, "results");
    }

    /** A record in today's format. */
    public static RunRecord of(Setting setting, Timeline timeline, Results results) {
        return new RunRecord(FORMAT, setting, timeline, results);
    }

    /** Whether all expectations were met; true if there were none. */
    public boolean passed() {
        return results.expectations().stream().allMatch(Expectation::passed);
    }

    /** The same run with what was demanded of it. */
    public RunRecord withExpectations(List<Expectation> expectations) {
        Results judged =
                new Results(results.latency(), results.connecting(), results.errors(), expectations, results.client());
        return new RunRecord(format, setting, timeline, judged);
    }
}
