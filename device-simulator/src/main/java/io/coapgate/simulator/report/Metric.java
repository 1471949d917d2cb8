package io.coapgate.simulator.report;

/**
 * One figure of a run.
 *
 * @param value {@link Double#NaN} if it is not known
 */
record Metric(String name, double value, Unit unit, Better better) {
    /** Which way is the better one. */
    enum Better {
        LOWER,
        HIGHER,
        NEITHER
    }

    String text() {
        return unit.textOrDash(value);
    }
}
