package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How each target is asked whether it is well: by a GET without a token, which a 2xx in time answers with yes.
 *
 * @param path in origin-form, RFC 9112 §3.2.1
 * @param interval from one check's end to the next, give or take a tenth
 * @param timeout for connecting and the head of the response together
 * @param unhealthyAfter checks in a row that fail
 * @param healthyAfter checks in a row that succeed
 */
public record HealthSettings(String path, Duration interval, Duration timeout, int unhealthyAfter, int healthyAfter) {
    public HealthSettings {
        requireNonNull(interval, "interval");
        requireNonNull(timeout, "timeout");
        if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
            throw new IllegalArgumentException("not an origin-form request target");
        }
        if (interval.toMillis() < 1 || timeout.toMillis() < 1 || unhealthyAfter < 1 || healthyAfter < 1) {
            throw new IllegalArgumentException("health checks need times and counts of more than 0");
        }
    }
}
