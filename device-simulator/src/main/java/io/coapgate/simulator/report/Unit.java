package io.coapgate.simulator.report;

import java.util.Locale;

/** What a figure counts, and how people read it. */
enum Unit {
    COUNT("") {
        @Override
        String text(double value) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
    },
    PER_SECOND("per second") {
        @Override
        String text(double value) {
            return String.format(Locale.ROOT, value < 100 ? "%,.1f/s" : "%,.0f/s", value);
        }
    },
    MICROS("time") {
        @Override
        String text(double value) {
            if (value < MICROS_PER_MILLI) {
                return String.format(Locale.ROOT, "%.0f µs", value);
            }
            return value < MICROS_PER_SECOND
                    ? String.format(
                            Locale.ROOT,
                            value < 10 * MICROS_PER_MILLI ? "%.2f ms" : "%.1f ms",
                            value / MICROS_PER_MILLI)
                    : String.format(Locale.ROOT, "%,.2f s", value / MICROS_PER_SECOND);
        }
    },
    BYTES("bytes") {
        @Override
        String text(double value) {
            return String.format(Locale.ROOT, "%,.0f B", value);
        }
    },
    DATAGRAMS("datagrams") {
        @Override
        String text(double value) {
            return String.format(Locale.ROOT, "%,.2f", value);
        }
    },
    CORES("cores") {
        @Override
        String text(double value) {
            return String.format(Locale.ROOT, "%.2f cores", value);
        }
    },
    SHARE("%") {
        @Override
        String text(double value) {
            return value == 0 ? "0 %" : String.format(Locale.ROOT, "%.3g %%", value * PERCENT);
        }
    };

    private static final double MICROS_PER_MILLI = 1e3;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double PERCENT = 100;

    private final String axis;

    Unit(String axis) {
        this.axis = axis;
    }

    /** With its unit, in English. */
    abstract String text(double value);

    /** As {@link #text}, and a dash for what is not known. */
    String textOrDash(double value) {
        return Double.isNaN(value) ? "–" : text(value);
    }

    /** What stands beside the axis. */
    String axis() {
        return axis;
    }
}
