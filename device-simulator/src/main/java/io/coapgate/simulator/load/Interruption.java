package io.coapgate.simulator.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;

/**
 * Something that is done to a run while it lasts.
 *
 * @param at from when requests begin
 * @param name for marks in the run's record
 */
public record Interruption(Duration at, String name, Action action) {
    public Interruption {
        requireNonNull(at, "at");
        requireNonNull(name, "name");
        requireNonNull(action, "action");
    }

    /** What is done; it may take its time, and what is to come later waits for it. */
    @FunctionalInterface
    public interface Action {
        void run(Devices devices) throws IOException, GeneralSecurityException, InterruptedException;
    }

    /** The fleet, as far as actions have to do with it. */
    public interface Devices {
        /** Goes on from other ports, as when the NAT that all devices are behind is started again. */
        void changePorts() throws IOException;
    }
}
