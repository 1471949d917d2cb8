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

        /**
         * The first devices go on, but are no part of the fleet from now on: their failures are counted under this name, and
         * nothing else of them. When the last of their requests was accepted becomes a mark.
         */
        void cast(int devices, String name);

        /**
         * The first devices become abusive: no part of the fleet any more, they send at this rate whatever the answers.
         *
         * @param rate requests per second, of all together
         */
        void abuse(int devices, double rate);
    }
}
