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
 * @param payload not copied: nobody changes it
 * @param isPublic whether the upstream said that any device may be shown the same, RFC 9111 §5.2.2.9
 */
public record DeviceResponse(
        CoapCode code, Optional<Refusal> refusal, ResponseOptions options, byte[] payload, boolean isPublic) {
    private static final byte[] NOTHING = {};

    public DeviceResponse {
        requireNonNull(code, "code");
        requireNonNull(refusal, "refusal");
        requireNonNull(options, "options");
        requireNonNull(payload, "payload");
    }

    public static DeviceResponse of(CoapCode code) {
        return new DeviceResponse(code, Optional.empty(), ResponseOptions.NONE, NOTHING, false);
    }

    public static DeviceResponse of(CoapCode code, ResponseOptions options, byte[] payload) {
        return new DeviceResponse(code, Optional.empty(), options, payload, false);
    }

    /** A refusal with its title as concise problem details, RFC 9290, and nothing that would help an attacker. */
    public static DeviceResponse refused(CoapCode code, Refusal refusal) {
        return refused(
                code,
                refusal,
                ContentFormat.CONCISE_PROBLEM_DETAILS,
                ProblemDetails.titled(refusal.title()).encode());
    }

    static DeviceResponse refused(CoapCode code, Refusal refusal, int contentFormat, byte[] payload) {
        ResponseOptions options = ResponseOptions.NONE.withContentFormat(OptionalInt.of(contentFormat));
        return new DeviceResponse(code, Optional.of(refusal), options, payload, false);
    }

    /** The content-format of the payload; empty if there is none or its media type has no content-format. */
    public OptionalInt contentFormat() {
        return options.contentFormat();
    }

    /** The Max-Age option. */
    public Optional<Duration> maxAge() {
        return options.maxAge();
    }

    public DeviceResponse withMaxAge(Duration maxAge) {
        return withOptions(options.withMaxAge(Optional.of(maxAge)));
    }

    public DeviceResponse withOptions(ResponseOptions others) {
        return new DeviceResponse(code, refusal, others, payload, isPublic);
    }

    @Override
    public String toString() {
        return "DeviceResponse[" + code + refusal.map(r -> " " + r.code()).orElse("") + ", " + payload.length
                + " bytes]";
    }
}
