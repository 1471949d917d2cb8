package io.coapgate.simulator.load;

import static java.util.Objects.requireNonNull;

import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.Method;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * The request that each device sends, filled in anew each time.
 *
 * @param path absolute, with a query if there is one
 * @param payload UTF-8; empty for none, and then without a content-format
 */
public record RequestTemplate(Method method, Template path, Template payload, int contentFormat, boolean confirmable) {
    public RequestTemplate {
        requireNonNull(method, "method");
        requireNonNull(payload, "payload");
        if (!path.toString().startsWith("/")) {
            throw new IllegalArgumentException("a path starts with a slash: " + path);
        }
    }

    /** Confirmable, with JSON. */
    public static RequestTemplate post(String path, String json) {
        return new RequestTemplate(Method.POST, new Template(path), new Template(json), DeviceRequest.JSON, true);
    }

    DeviceRequest request(String device, long n, Clock clock, RandomGenerator random) {
        byte[] body = payload.fill(device, n, clock, random).getBytes(StandardCharsets.UTF_8);
        return new DeviceRequest(
                method,
                path.fill(device, n, clock, random),
                body,
                body.length == 0 ? OptionalInt.empty() : OptionalInt.of(contentFormat),
                confirmable);
    }
}
