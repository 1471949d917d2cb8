package io.coapgate.simulator.scenario;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file, so that all of it is told at once. For one thread. */
final class Mistakes {
    private final String file;
    private final List<String> mistakes = new ArrayList<>();

    Mistakes(String file) {
        this.file = file;
    }

    /** @param key the path that leads there, {@code load[0].rate}; empty for the file as a whole */
    void add(int line, String key, String text) {
        mistakes.add(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + text);
    }

    /** @throws ScenarioException if there are any */
    void throwIfAny() throws ScenarioException {
        if (!mistakes.isEmpty()) {
            throw new ScenarioException(mistakes);
        }
    }
}
