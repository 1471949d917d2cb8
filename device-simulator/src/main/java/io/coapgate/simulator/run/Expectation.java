package io.coapgate.simulator.run;

import static java.util.Objects.requireNonNull;

/**
 * What a scenario demanded, and whether it got it.
 *
 * @param text as the scenario has it, {@code p99 < 250ms}
 * @param measured in the same unit, {@code 38.1 ms}
 */
public record Expectation(String text, String measured, boolean passed) {
    public Expectation {
        requireNonNull(text, "text");
        requireNonNull(measured, "measured");
    }
}
