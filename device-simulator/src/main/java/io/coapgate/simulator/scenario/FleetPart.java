package io.coapgate.simulator.scenario;

import io.coapgate.simulator.load.ClockSkew;
import io.coapgate.simulator.load.CredentialKind;
import io.coapgate.simulator.load.FleetPlan;
import io.coapgate.simulator.load.TokenMode;
import java.time.Duration;
import java.util.List;

/**
 * The devices of a scenario, without their keys.
 *
 */
record FleetPart(int devices, CredentialKind credential, TokenMode token, boolean connectionId, Times times) {
    FleetPart {
        if (devices < 1) {
            throw new IllegalArgumentException("a fleet has a device at least");
        }
        FleetPlan.requireFitting(credential, token);
        if (times.clocks().stream().mapToInt(ClockSkew::devices).sum() > devices) {
            throw new IllegalArgumentException("there are more clocks than devices");
        }
    }

    /**
     * What has to do with time.
     *
     * @param tokenLifetime of the tokens that they show
     * @param answerTimeout how long they wait for an answer
     * @param clocks that are wrong, of the first devices
     */
    record Times(Duration tokenLifetime, Duration answerTimeout, List<ClockSkew> clocks) {
        Times {
            if (tokenLifetime.toSeconds() < 1) {
                throw new IllegalArgumentException("a token lives for a second at least");
            }
            if (answerTimeout.toMillis() < 1) {
                throw new IllegalArgumentException("a device waits for a millisecond at least");
            }
            clocks = List.copyOf(clocks);
        }
    }
}
