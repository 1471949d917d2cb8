package io.coapgate.gateway.config;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * How the last reading of the registry went.
 *
 * @param at when it was read
 * @param devices how many devices count now, whether from this reading or from an earlier one
 * @param problems why it was not taken; empty if it was
 */
public record ReloadStatus(Instant at, int devices, List<ConfigProblem> problems) {
    public ReloadStatus {
        requireNonNull(at, "at");
        problems = List.copyOf(problems);
    }

    public boolean succeeded() {
        return problems.isEmpty();
    }
}
