package io.coapgate.simulator.report;

import io.coapgate.simulator.run.Expectation;
import io.coapgate.simulator.run.RunRecord;
import java.util.List;
import java.util.Locale;

/**
 * How a run is to be read at a glance.
 *
 * @param word of one or two
 * @param why sentences
 */
record Verdict(Kind kind, String word, String why) {
    /** What colours it. */
    enum Kind {
        PASSED,
        FAILED,
        /** Nothing was expected. */
        OPEN;

        String cssClass() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Verdict of(RunRecord run) {
        List<Expectation> all = run.results().expectations();
        List<Expectation> missed =
                all.stream().filter(expectation -> !expectation.passed()).toList();
        if (all.isEmpty()) {
            return new Verdict(Kind.OPEN, "Done", "Nothing was expected of this run. " + outcome(run));
        }
        if (missed.isEmpty()) {
            return new Verdict(Kind.PASSED, "Passed", "All " + all.size() + " expectations were met. " + outcome(run));
        }
        Expectation first = missed.get(0);
        String others = missed.size() == 1 ? "" : " The others that were not are in the table.";
        return new Verdict(
                Kind.FAILED,
                "Failed",
                "%d of %d expectations %s not met: %s, but it was %s.%s"
                        .formatted(
                                missed.size(),
                                all.size(),
                                missed.size() == 1 ? "was" : "were",
                                first.text(),
                                first.measured(),
                                others));
    }

    private static String outcome(RunRecord run) {
        long answered = run.timeline().seconds().stream()
                .mapToLong(second -> second.requests().answered())
                .sum();
        long errors = run.results().errors().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return "%s requests were answered, %s failed."
                .formatted(Unit.COUNT.text((double) answered), errors == 0 ? "none" : Unit.COUNT.text((double) errors));
    }
}
