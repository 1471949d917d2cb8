package io.coapgate.gateway.observe;

import java.util.ArrayList;
import java.util.List;

/** Those whom one source feeds. Once the last has gone, no more are taken in. Thread-safe. */
final class Observers {
    /** Guarded by this. */
    private final List<Observation> all = new ArrayList<>(1);
    /** Guarded by this. */
    private boolean over;

    /** @return false if it is too late */
    synchronized boolean add(Observation observation) {
        return !over && all.add(observation);
    }

    /** @return whether it was the last */
    synchronized boolean remove(Observation observation) {
        boolean last = all.remove(observation) && all.isEmpty();
        over |= last;
        return last;
    }

    /** Sends all others away. @return those */
    synchronized List<Observation> keepOnly(Observation observation) {
        List<Observation> others =
                all.stream().filter(other -> other != observation).toList();
        all.removeAll(others);
        over |= all.isEmpty();
        return others;
    }

    /** As they are now. */
    synchronized List<Observation> all() {
        return List.copyOf(all);
    }

    synchronized boolean isOver() {
        return over;
    }
}
