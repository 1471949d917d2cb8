package io.coapgate.gateway.exchange;

import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.device.SessionId;
import io.coapgate.gateway.refusal.Refusal;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells requests that were made just now from such as were held back on their way, by the Echo option (RFC 9175 §2). The
 * gateway keeps nothing of what it gives out: a value is 24 bytes, the time in milliseconds (8, big-endian) and a
 * HMAC-SHA256 over it and the session, cut to 16. It says when the gateway last talked to the device; what it does not do
 * is make a request count once: within the time that a route allows, the same value serves again.
 *
 * <p>The key is this process's own, so that after a restart every device is asked once more. Thread-safe.
 */
public final class EchoFreshness {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int TIME_BYTES = Long.BYTES;
    private static final int TAG_BYTES = 16;
    private static final int VALUE_BYTES = TIME_BYTES + TAG_BYTES; // 1 to 40 are allowed, §2.2.1

    private final SecretKeySpec key;
    private final Clock clock;

    /** @param random makes the key */
    public EchoFreshness(SecureRandom random, Clock clock) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.clock = clock;
        Arrays.fill(bytes, (byte) 0);
    }

    /** 4.01 and a value to send back, if the route wants proof that the request was made just now and it bears none. */
    Optional<DeviceResponse> refusal(DeviceRequest request, Route route) {
        if (route.freshness().isEmpty() || request.method().isSafe()) {
            return Optional.empty();
        }
        SessionId session = request.device().session();
        Optional<Echo> echo = request.options().echo();
        if (echo.isPresent() && isFresh(echo.get(), session, route.freshness().get())) {
            return Optional.empty();
        }
        DeviceResponse refusal = Refusals.response(Refusal.FRESHNESS_REQUIRED);
        return Optional.of(refusal.withOptions(refusal.options().withEcho(challenge(session))));
    }

    /** The value for a device to send back in this session. */
    Echo challenge(SessionId session) {
        return Echo.of(value(session, clock.millis()));
    }

    /** Whether the value is one of {@link #challenge} for this session, and not older than that. */
    boolean isFresh(Echo sent, SessionId session, Duration freshness) {
        byte[] echo = sent.bytes();
        if (echo.length != VALUE_BYTES) {
            return false;
        }
        long made = ByteBuffer.wrap(echo).getLong();
        if (!MessageDigest.isEqual(echo, value(session, made))) {
            return false;
        }
        long age = clock.millis() - made;
        return age >= 0 && age < freshness.toMillis(); // age == freshness: stale; negative: the clock was set back
    }

    private byte[] value(SessionId session, long millis) {
        ByteBuffer input = ByteBuffer.allocate(TIME_BYTES + 2 * Long.BYTES)
                .putLong(millis)
                .putLong(session.high())
                .putLong(session.low());
        byte[] tag = mac(input.array());
        return ByteBuffer.allocate(VALUE_BYTES)
                .putLong(millis)
                .put(tag, 0, TAG_BYTES)
                .array();
    }

    private byte[] mac(byte[] input) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
