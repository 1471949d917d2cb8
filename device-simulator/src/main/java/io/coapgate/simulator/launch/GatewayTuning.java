package io.coapgate.simulator.launch;

import java.time.Duration;

/**
 * What can be changed about a gateway on loopback and the service behind it.
 *
 * @param leeway how far the clocks of token issuers may differ from the gateway's
 * @param jwtLifetime of the JWTs that the service gets
 * @param maxInFlight requests of all devices that it has under way at once; one more is answered 5.03
 * @param maxInFlightPerDevice those of one device; one more is answered 4.29
 * @param serviceDelay how long the service takes for each request
 * @param issuesTokens whether the gateway is an authorization server, too
 */
public record GatewayTuning(
        Duration leeway,
        Duration jwtLifetime,
        int maxInFlight,
        int maxInFlightPerDevice,
        Duration serviceDelay,
        boolean issuesTokens) {
    private static final Duration MAX_LEEWAY = Duration.ofSeconds(60);
    private static final Duration MIN_JWT_LIFETIME = Duration.ofSeconds(10);
    private static final Duration MAX_DELAY = Duration.ofMinutes(1);

    /** As a gateway is by itself, with a service that answers at once. */
    public static final GatewayTuning DEFAULT =
            new GatewayTuning(Duration.ofSeconds(30), Duration.ofMinutes(5), 10_000, 8, Duration.ZERO, false);

    public GatewayTuning {
        if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
            throw new IllegalArgumentException("a gateway's leeway is 0s to 60s");
        }
        if (jwtLifetime.compareTo(MIN_JWT_LIFETIME) < 0) {
            throw new IllegalArgumentException("a JWT lives for 10s at least");
        }
        if (maxInFlight < 1 || maxInFlightPerDevice < 1) {
            throw new IllegalArgumentException("a gateway has a request in flight at least");
        }
        if (serviceDelay.isNegative() || serviceDelay.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException("a service takes 0s to 1m");
        }
    }

    public GatewayTuning withTokens(boolean issued) {
        return new GatewayTuning(leeway, jwtLifetime, maxInFlight, maxInFlightPerDevice, serviceDelay, issued);
    }
}
