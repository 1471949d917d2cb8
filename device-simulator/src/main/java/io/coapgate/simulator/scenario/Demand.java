package io.coapgate.simulator.scenario;

import io.coapgate.simulator.run.Expectation;
import io.coapgate.simulator.run.RunRecord;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One expectation of a scenario: {@code p99 < 250ms}, {@code errors(5.03) > 0 after upstream-outage}. Immutable. */
final class Demand {
    private static final Pattern SYNTAX = Pattern.compile(
            "([a-z][a-z0-9.]*)(?:\\(([^()]+)\\))? *(<=|>=|==|<|>) *([0-9.]+ ?[a-z%]*)(?: +(in|after) +(\\S+))?");
    private static final int METRIC = 1;
    private static final int REASON = 2;
    private static final int SIGN = 3;
    private static final int VALUE = 4;
    private static final int PREPOSITION = 5;
    private static final int NAME = 6;

    private final String text;
    private final Measure measure;
    private final Comparison comparison;
    private final double demanded;

    private Demand(String text, Measure measure, Comparison comparison, double demanded) {
        this.text = text;
        this.measure = measure;
        this.comparison = comparison;
        this.demanded = demanded;
    }

    /**
     * @param phases that there are, and {@code events} likewise
     * @throws IllegalArgumentException that says what to write instead
     */
    static Demand parse(String text, Set<String> phases, Set<String> events) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no expectation; write, for example, p99 < 250ms,"
                    + " errors(5.03) > 0 after gateway-restart, or goodput >= 95% in steady");
        }
        Metric metric = Metric.of(parts.group(METRIC))
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + parts.group(METRIC) + "' is not measured; write " + Metric.all()));
        Optional<String> reason = Optional.ofNullable(parts.group(REASON));
        if (reason.isPresent() && metric != Metric.ERRORS) {
            throw new IllegalArgumentException("only errors are told apart by reason, not " + parts.group(METRIC));
        }
        if (metric == Metric.REVOCATION && !events.contains(Event.Kind.DEVICES_REMOVED.toString())) {
            throw new IllegalArgumentException("nothing is revoked; write an event, {at: 10s, do: devices-removed}");
        }
        Window window = parts.group(PREPOSITION) == null
                ? new Window.Whole()
                : Window.of(parts.group(PREPOSITION), parts.group(NAME), phases, events);
        return new Demand(
                text,
                new Measure(metric, reason.map(Reasons::parse).orElse(Reasons.ALL), window),
                Comparison.of(parts.group(SIGN)),
                value(metric, parts.group(VALUE)));
    }

    private static double value(Metric metric, String text) {
        try {
            return metric.unit().parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no value of " + metric + "; write "
                            + metric.unit().example(),
                    e);
        }
    }

    Expectation judge(RunRecord run) {
        double measured = measure.of(run);
        return new Expectation(text, measure.metric().unit().format(measured), comparison.holds(measured, demanded));
    }

    /** As the scenario has it. */
    @Override
    public String toString() {
        return text;
    }
}
