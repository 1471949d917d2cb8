package io.coapgate.simulator.load;

import static java.util.Objects.requireNonNull;

import io.coapgate.simulator.device.DeviceRequest;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What a fleet is to do.
 *
 * @param duration how long requests are sent, once all devices are connected
 * @param rate requests per second of the whole fleet, due on a schedule that waits for nobody (open loop); empty if each
 *     device sends its next request when the last one is answered (closed loop)
 */
public record LoadPlan(Duration duration, OptionalDouble rate, DeviceRequest request) {
    public LoadPlan {
        requireNonNull(request, "request");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a run takes some time");
        }
        if (rate.isPresent() && !(rate.getAsDouble() > 0 && rate.getAsDouble() <= 1e6)) {
            throw new IllegalArgumentException("the rate is above 0 and at most 1,000,000 requests per second");
        }
    }
}
