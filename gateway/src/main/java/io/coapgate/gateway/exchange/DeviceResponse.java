package io.coapgate.gateway.exchange;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.ace.ProblemDetails;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What goes back to the device.
 *
 * @param refusal why, if the gateway itself refused; for the operator, never for the wire
 * @param contentFormat of the payload; empty if there is none or its media type has no content-format
 * @param maxAge the Max-Age option
 * @param payload not copied: nobody changes it
 */
public record DeviceResponse(
        CoapCode code,
        Optional<Refusal> refusal,
        OptionalInt contentFormat,
        Optional<Duration> maxAge,
        byte[] payload) {
    private static final byte[] NOTHING = {};

    public DeviceResponse {
        requireNonNull(code, "code");
        requireNonNull(refusal, "refusal");
        requireNonNull(contentFormat, "contentFormat");
        requireNonNull(maxAge, "maxAge");
        requireNonNull(payload, "payload");
    }

    public static DeviceResponse of(CoapCode code) {
        return new DeviceResponse(code, Optional.empty(), OptionalInt.empty(), Optional.empty(), NOTHING);
    }

    public static DeviceResponse of(CoapCode code, OptionalInt contentFormat, byte[] payload) {
        return new DeviceResponse(code, Optional.empty(), contentFormat, Optional.empty(), payload);
    }

    /** A refusal with its title as concise problem details, RFC 9290, and nothing that would help an attacker. */
    public static DeviceResponse refused(CoapCode code, Refusal refusal) {
        return new DeviceResponse(
                code,
                Optional.of(refusal),
                OptionalInt.of(ContentFormat.CONCISE_PROBLEM_DETAILS),
                Optional.empty(),
                ProblemDetails.titled(refusal.title()).encode());
    }

    public DeviceResponse withMaxAge(Duration maxAge) {
        return new DeviceResponse(code, refusal, contentFormat, Optional.of(maxAge), payload);
    }

    @Override
    public String toString() {
        return "DeviceResponse[" + code + refusal.map(r -> " " + r.code()).orElse("") + ", " + payload.length
                + " bytes]";
    }
}
