package io.coapgate.simulator.report;

import static java.util.Objects.requireNonNull;

import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Second;
import java.util.List;

/**
 * A run under the name that a report calls it by.
 *
 * @param name a file's name, or the scenario's
 */
public record NamedRun(String name, RunRecord run) {
    public NamedRun {
        requireNonNull(name, "name");
        requireNonNull(run, "run");
    }

    List<Second> seconds() {
        return run.timeline().seconds();
    }
}
