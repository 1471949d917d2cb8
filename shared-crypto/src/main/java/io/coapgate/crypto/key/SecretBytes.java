package io.coapgate.crypto.key;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * Secret bytes, such as a pre-shared key, that do not show themselves.
 *
 * <p>{@link #toString()} and {@link #hashCode()} reveal nothing, equality takes the same time wherever two values differ,
 * and {@link #expose()} is the only way to the bytes. Copied on the way in and on the way out; safe for use by several
 * threads. After {@link #destroy()} the bytes are zeroed and can't be had again.
 */
public final class SecretBytes implements Destroyable {

    private final byte[] bytes;
    /** Guarded by this. */
    private boolean destroyed;

    private SecretBytes(byte[] owned) {
        if (owned.length == 0) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        this.bytes = owned;
    }

    /** A secret with a copy of these bytes, of which there must be one at least. */
    public static SecretBytes copyOf(byte[] secret) {
        return new SecretBytes(secret.clone());
    }

    /** A fresh secret of {@code length} bytes. */
    public static SecretBytes random(int length, SecureRandom random) {
        Objects.requireNonNull(random, "random");
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new SecretBytes(bytes);
    }

    /** How many bytes the secret has; not itself a secret. */
    public int length() {
        return bytes.length;
    }

    /**
     * A copy of the secret bytes, which the caller should zero after use.
     *
     * @throws IllegalStateException if the secret was destroyed
     */
    public synchronized byte[] expose() {
        if (destroyed) {
            throw new IllegalStateException("the secret was destroyed");
        }
        return bytes.clone();
    }

    @Override
    public synchronized void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
    }

    @Override
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    /** Equal bytes, compared in constant time; a destroyed secret equals only itself. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof SecretBytes that
                && !isDestroyed()
                && !that.isDestroyed()
                && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for every secret of one length, so that no hash of a secret ends up in a log or a heap dump. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "SecretBytes[" + bytes.length + " bytes]";
    }
}
