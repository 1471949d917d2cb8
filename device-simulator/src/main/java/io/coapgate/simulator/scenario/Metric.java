package io.coapgate.simulator.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be demanded something of, with the unit that it is compared in. */
enum Metric {
    P50("p50", Unit.MICROS),
    P90("p90", Unit.MICROS),
    P99("p99", Unit.MICROS),
    P999("p99.9", Unit.MICROS),
    MAX("max", Unit.MICROS),
    /** Outcomes that were no answer of class 2, of one kind if one is named. */
    ERRORS("errors", Unit.COUNT),
    HANDSHAKES("handshakes", Unit.COUNT),
    /** Tokens of devices that were taken. */
    TOKENS("tokens", Unit.COUNT),
    /** From the removal of devices to the last request of theirs that was accepted. */
    REVOCATION("revocation", Unit.MICROS),
    /** Devices that came up at the start. */
    CONNECTED("connected", Unit.COUNT),
    /** The share of due requests that was answered. */
    GOODPUT("goodput", Unit.SHARE),
    /** Answered requests per second. */
    THROUGHPUT("throughput", Unit.COUNT);

    private final String text;
    private final Unit unit;

    Metric(String text, Unit unit) {
        this.text = text;
        this.unit = unit;
    }

    Unit unit() {
        return unit;
    }

    static Optional<Metric> of(String text) {
        return Arrays.stream(values())
                .filter(metric -> metric.text.equals(text))
                .findFirst();
    }

    /** As scenarios have it. */
    @Override
    public String toString() {
        return text;
    }

    static String all() {
        return Arrays.stream(values()).map(Metric::toString).collect(Collectors.joining(", "));
    }

    /** How values are written. */
    enum Unit {
        MICROS("a duration, 250ms") {
            @Override
            double parse(String text) {
                return Texts.duration(text).toNanos() / 1e3;
            }

            @Override
            String format(double value) {
                return String.format(Locale.ROOT, "%.1f ms", value / 1e3);
            }
        },
        COUNT("a number, 100") {
            @Override
            double parse(String text) {
                return Texts.number(text);
            }

            @Override
            String format(double value) {
                return value == Math.rint(value)
                        ? String.format(Locale.ROOT, "%.0f", value)
                        : String.format(Locale.ROOT, "%.1f", value);
            }
        },
        SHARE("a share, 95%") {
            @Override
            double parse(String text) {
                return Texts.share(text);
            }

            @Override
            String format(double value) {
                return String.format(Locale.ROOT, "%.2f%%", 100 * value);
            }
        };

        private final String example;

        Unit(String example) {
            this.example = example;
        }

        String example() {
            return example;
        }

        abstract double parse(String text);

        abstract String format(double value);
    }
}
