package io.coapgate.simulator.load;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Devices whose clocks are wrong, by which they date the tokens that they issue themselves.
 *
 * @param devices how many
 * @param ahead how far; negative if they are behind
 */
public record ClockSkew(int devices, Duration ahead) {
    public ClockSkew {
        requireNonNull(ahead, "ahead");
        if (devices < 1) {
            throw new IllegalArgumentException("a clock that is wrong belongs to a device at least");
        }
    }

    /**
     * The clock of one device: the first devices have the first skew, the next ones the second, and the rest are right.
     *
     * @param index of the device, from 0
     */
    static Clock of(List<ClockSkew> skews, int index, Clock right) {
        int end = 0;
        for (ClockSkew skew : skews) {
            end += skew.devices();
            if (index < end) {
                return Clock.offset(right, skew.ahead());
            }
        }
        return right;
    }
}
