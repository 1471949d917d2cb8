package io.coapgate.gateway.upstream;

/** What health checks make of one target: well until so many have failed in a row, and so on. One thread reports. */
final class Health {
    private final int unhealthyAfter;
    private final int healthyAfter;
    private volatile boolean healthy = true;
    /** Results that speak against what it is. */
    private int contradictions;

    Health(int unhealthyAfter, int healthyAfter) {
        this.unhealthyAfter = unhealthyAfter;
        this.healthyAfter = healthyAfter;
    }

    /** From any thread. */
    boolean isHealthy() {
        return healthy;
    }

    /** Whether this result changes it. */
    boolean report(boolean passed) {
        contradictions = passed == healthy ? 0 : contradictions + 1;
        if (contradictions < (healthy ? unhealthyAfter : healthyAfter)) {
            return false;
        }
        contradictions = 0;
        healthy = passed;
        return true;
    }
}
