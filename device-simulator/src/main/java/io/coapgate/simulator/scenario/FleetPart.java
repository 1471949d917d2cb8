package io.coapgate.simulator.scenario;

import io.coapgate.simulator.load.CredentialKind;
import io.coapgate.simulator.load.TokenMode;
import java.time.Duration;

/**
 * The devices of a scenario, without their keys.
 *
 * @param tokenLifetime of the tokens that they show
 * @param answerTimeout how long they wait for an answer
 */
record FleetPart(
        int devices,
        CredentialKind credential,
        TokenMode token,
        boolean connectionId,
        Duration tokenLifetime,
        Duration answerTimeout) {
    FleetPart {
        if (devices < 1) {
            throw new IllegalArgumentException("a fleet has a device at least");
        }
        if (tokenLifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("a token lives for a second at least");
        }
        if (answerTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("a device waits for a millisecond at least");
        }
    }
}
