package io.coapgate.simulator.scenario;

import java.io.IOException;
import java.util.List;

/** A scenario that can't be used; the message has a line for each mistake: file, line, key, and what to write instead. */
public final class ScenarioException extends IOException {
    private static final long serialVersionUID = 1L;

    ScenarioException(List<String> mistakes) {
        super(String.join("\n", mistakes));
    }
}
