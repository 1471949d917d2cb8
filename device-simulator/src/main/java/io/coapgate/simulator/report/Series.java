package io.coapgate.simulator.report;

import java.util.List;

/**
 * One line of a plot.
 *
 * @param values one for each x; {@link Double#NaN} where there is none
 */
record Series(String label, Tone tone, Stroke stroke, List<Double> values) {
    Series {
        values = List.copyOf(values);
    }
}
