package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that the gateway gives out in its creation hints and finds again in fresh tokens ({@code cnonce}, RFC 9200 §5.3.1).
 * The gateway keeps nothing of them: a nonce is 12 bytes, the time in seconds (4, big-endian, unsigned) and a HMAC-SHA256
 * over it, cut to 8. Whoever brings one had it from here, not longer ago than the lifetime. Thread-safe.
 */
public final class ClientNonces implements TokenFreshness {
    /** So short a nonce fits into any token. */
    public static final int BYTES = 12;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "coapgate cnonce".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;
    private final Clock clock;
    private final Duration lifetime;

    /**
     * @param key of the gateway alone; as long as it stays the same, so do the nonces
     * @param lifetime for the way to the authorization server and back
     */
    public ClientNonces(SecretBytes key, Clock clock, Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("a nonce lives for some time");
        }
        byte[] exposed = key.expose();
        this.key = new SecretKeySpec(exposed, ALGORITHM);
        this.clock = clock;
        this.lifetime = lifetime;
        Arrays.fill(exposed, (byte) 0);
    }

    /** The nonce of this moment. */
    public byte[] create() {
        return nonce((int) clock.instant().getEpochSecond());
    }

    /** Whether a nonce came from here, and so recently that what contains it is fresh. */
    public boolean isFresh(byte[] nonce) {
        if (nonce.length != BYTES) {
            return false;
        }
        int made = ByteBuffer.wrap(nonce).getInt();
        if (!MessageDigest.isEqual(nonce, nonce(made))) {
            return false;
        }
        long age = clock.instant().getEpochSecond() - Integer.toUnsignedLong(made);
        return age >= 0 && age < lifetime.toSeconds(); // age == lifetime: stale; negative: the clock was set back
    }

    /** Whether a token was made for a nonce that is still fresh. */
    @Override
    public boolean isFresh(VerifiedCwt token) {
        return token.claims().cnonce().filter(this::isFresh).isPresent();
    }

    private byte[] nonce(int seconds) {
        byte[] time = ByteBuffer.allocate(Integer.BYTES).putInt(seconds).array();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(PURPOSE);
            return ByteBuffer.allocate(BYTES)
                    .put(time)
                    .put(mac.doFinal(time), 0, BYTES - Integer.BYTES)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
