package io.coapgate.simulator.report;

import java.util.List;

/**
 * Lines over a common x, and the same as a table.
 *
 * @param logarithmic whether y is
 */
record Plot(
        Heading heading,
        Axis axis,
        Unit unit,
        boolean logarithmic,
        List<Double> x,
        List<Series> series,
        DataTable table) {
    Plot {
        x = List.copyOf(x);
        series = List.copyOf(series);
    }

    /** What x is. */
    enum Axis {
        /** Since the start. */
        SECONDS,
        /** −log₁₀(1 − p/100) of a percentile p: 1 is 90 %, 2 is 99 %, 3 is 99.9 %. */
        NINES
    }

    /** @param id names the plot in the page */
    record Heading(String id, String title, String about) {}
}
