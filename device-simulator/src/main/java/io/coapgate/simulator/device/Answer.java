package io.coapgate.simulator.device;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a device got for a request. Copies its payload on the way in and out.
 *
 * @param code class and detail as RFC 7252 §5.9 writes them, {@code 2.04}
 * @param problem the title of concise problem details (RFC 9290), if the answer has one, and whether a 5.03 or 4.29 lacks the
 *     Max-Age that says when to come again
 * @param elapsed from sending, a handshake included, to the answer
 * @param handshake whether a DTLS handshake was needed first
 */
public record Answer(
        String code,
        byte[] payload,
        OptionalInt contentFormat,
        Optional<String> problem,
        Duration elapsed,
        boolean handshake) {
    public Answer {
        requireNonNull(code, "code");
        requireNonNull(contentFormat, "contentFormat");
        requireNonNull(problem, "problem");
        requireNonNull(elapsed, "elapsed");
        payload = payload.clone();
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    /** Whether the code is of class 2. */
    public boolean isSuccess() {
        return code.startsWith("2.");
    }

    /** The payload as UTF-8 text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code, and what problem there was: {@code 4.01 Token required}. */
    public String outcome() {
        return problem.map(title -> code + " " + title).orElse(code);
    }

    /** Without the payload. */
    @Override
    public String toString() {
        return outcome();
    }
}
