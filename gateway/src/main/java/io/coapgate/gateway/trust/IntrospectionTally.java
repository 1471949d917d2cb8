package io.coapgate.gateway.trust;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What has come of asking about tokens. Thread-safe. */
public final class IntrospectionTally {
    private final LongAdder active = new LongAdder();
    private final LongAdder inactive = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void countActive() {
        active.increment();
    }

    void countInactive() {
        inactive.increment();
    }

    void countFailed() {
        failed.increment();
    }

    /** By the name that metrics have for the outcome. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("active", active.sum());
        counts.put("inactive", inactive.sum());
        counts.put("failed", failed.sum());
        return counts;
    }
}
