package io.coapgate.simulator.bench;

/** @param runs with and without an archive of classes, each */
public record StartPlan(int runs) {
    public StartPlan {
        if (runs < 1) {
            throw new IllegalArgumentException("there is one run at least");
        }
    }

    /** For a figure to rely on. */
    public static StartPlan thorough() {
        return new StartPlan(5);
    }

    /** To see that it works; its figures mean little. */
    public static StartPlan quick() {
        return new StartPlan(1);
    }
}
