package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.P256;
import io.coapgate.crypto.key.SecretBytes;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that verifies with exactly one algorithm, checked and parsed once. Immutable and safe for use by several threads.
 *
 * <p>Its record names the algorithm; a message that names another is refused, so that no public key is ever taken for an
 * HMAC secret. It may have an identifier and a time in which it is valid; both ends of that time are inclusive.
 */
public final class VerificationKey {

    private final CoseAlgorithm algorithm;
    private final Primitive primitive;
    private final @Nullable KeyId keyId;
    private final Instant notBefore;
    private final Instant notAfter;

    private VerificationKey(
            CoseAlgorithm algorithm, Primitive primitive, @Nullable KeyId keyId, Instant notBefore, Instant notAfter) {
        this.algorithm = algorithm;
        this.primitive = primitive;
        this.keyId = keyId;
        this.notBefore = notBefore;
        this.notAfter = notAfter;
    }

    /**
     * A key for verifying signatures.
     *
     * @throws CoseException {@code INVALID_KEY} if the key is not one for this algorithm, or no acceptable point
     */
    public static VerificationKey of(CoseAlgorithm algorithm, PublicKey key) throws CoseException {
        return of(algorithm, Primitive.verifying(algorithm, checked(algorithm, key)));
    }

    /**
     * A key for verifying MACs, of 32 to 256 bytes.
     *
     * @throws CoseException {@code INVALID_KEY} if the algorithm makes no MAC, or the secret has another length
     */
    public static VerificationKey of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        return of(algorithm, Primitive.mac(algorithm, secret));
    }

    private static VerificationKey of(CoseAlgorithm algorithm, Primitive primitive) {
        return new VerificationKey(algorithm, primitive, null, Instant.MIN, Instant.MAX);
    }

    /** The same key with this identifier. */
    public VerificationKey withKeyId(KeyId kid) {
        return new VerificationKey(algorithm, primitive, Objects.requireNonNull(kid, "kid"), notBefore, notAfter);
    }

    /** The same key, valid only from the one instant to the other. */
    public VerificationKey withValidity(Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a key can't end before it begins");
        }
        return new VerificationKey(algorithm, primitive, keyId, from, to);
    }

    public CoseAlgorithm algorithm() {
        return algorithm;
    }

    public Optional<KeyId> keyId() {
        return Optional.ofNullable(keyId);
    }

    /** The first instant at which the key may be used; {@link Instant#MIN} if that is not limited. */
    public Instant notBefore() {
        return notBefore;
    }

    /** The last instant at which the key may be used; {@link Instant#MAX} if that is not limited. */
    public Instant notAfter() {
        return notAfter;
    }

    /** Whether the key may be used at this instant. */
    public boolean isValidAt(Instant now) {
        return !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }

    boolean accepts(byte[] authenticated, byte[] authenticator) {
        return primitive.accepts(authenticated, authenticator);
    }

    private static PublicKey checked(CoseAlgorithm algorithm, PublicKey key) throws CoseException {
        try {
            return switch (algorithm) {
                case ES256 -> P256.checked(key);
                case EDDSA -> Ed25519.checked(key);
                case HMAC_256_64, HMAC_256_256 -> throw new CoseException(INVALID_KEY, "a public key for a MAC");
            };
        } catch (KeyFormatException e) {
            throw new CoseException(INVALID_KEY, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "VerificationKey[" + algorithm + (keyId == null ? "" : ", kid " + keyId) + "]";
    }
}
