package io.coapgate.simulator.scenario;

import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Second;
import io.coapgate.simulator.run.Timeline;
import java.util.List;
import java.util.Set;

/**
 * The part of a run that an expectation is about, in whole seconds: of a phase those that lie in it wholly, after an event
 * those from the one in which it began.
 */
sealed interface Window {
    /** Its seconds, in order. */
    List<Second> of(RunRecord run);

    /** All of it. */
    record Whole() implements Window {
        @Override
        public List<Second> of(RunRecord run) {
            return run.timeline().seconds();
        }
    }

    /** One phase. */
    record In(String phase) implements Window {
        @Override
        public List<Second> of(RunRecord run) {
            return run.timeline().phases().stream()
                    .filter(candidate -> candidate.name().equals(phase))
                    .flatMap(found -> run.timeline().seconds().stream()
                            .filter(second -> second.t() >= found.from() && second.t() + 1 <= found.until()))
                    .toList();
        }
    }

    /** All that comes after the first event of this name; nothing if it did not happen. */
    record After(String event) implements Window {
        @Override
        public List<Second> of(RunRecord run) {
            return run.timeline().marks().stream()
                    .filter(mark -> mark.text().equals(event))
                    .mapToDouble(Timeline.Mark::t)
                    .limit(1)
                    .boxed()
                    .flatMap(begin ->
                            run.timeline().seconds().stream().filter(second -> second.t() >= Math.floor(begin)))
                    .toList();
        }
    }

    /**
     * @param preposition {@code in} or {@code after}
     * @throws IllegalArgumentException if there is no such phase or event
     */
    static Window of(String preposition, String name, Set<String> phases, Set<String> events) {
        boolean phase = preposition.equals("in");
        Set<String> names = phase ? phases : events;
        if (!names.contains(name)) {
            throw new IllegalArgumentException("there is no " + (phase ? "phase '" : "event '") + name + "'; "
                    + (names.isEmpty() ? "there are none at all" : "write " + String.join(" or ", names)));
        }
        return phase ? new In(name) : new After(name);
    }
}
