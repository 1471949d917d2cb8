package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.P256;
import io.coapgate.crypto.key.SecretBytes;
import java.security.PrivateKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs, or makes MACs, with exactly one algorithm. Immutable and safe for use by several threads.
 *
 * <p>If it has an identifier, the messages that it makes carry it.
 */
public final class SigningKey {

    private final CoseAlgorithm algorithm;
    private final Primitive primitive;
    private final @Nullable KeyId keyId;

    private SigningKey(CoseAlgorithm algorithm, Primitive primitive, @Nullable KeyId keyId) {
        this.algorithm = algorithm;
        this.primitive = primitive;
        this.keyId = keyId;
    }

    /**
     * A key for making signatures.
     *
     * @throws CoseException {@code INVALID_KEY} if the key is not one for this algorithm
     */
    public static SigningKey of(CoseAlgorithm algorithm, PrivateKey key) throws CoseException {
        boolean fits = switch (algorithm) {
            case ES256 -> P256.isOn(key);
            case EDDSA -> Ed25519.isOn(key);
            case HMAC_256_64, HMAC_256_256 -> false;
        };
        if (!fits) {
            throw new CoseException(INVALID_KEY, "not a private key for " + algorithm);
        }
        return new SigningKey(algorithm, Primitive.signing(algorithm, key), null);
    }

    /**
     * A key for making MACs, of 32 to 256 bytes.
     *
     * @throws CoseException {@code INVALID_KEY} if the algorithm makes no MAC, or the secret has another length
     */
    public static SigningKey of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        return new SigningKey(algorithm, Primitive.mac(algorithm, secret), null);
    }

    /** The same key with this identifier. */
    public SigningKey withKeyId(KeyId kid) {
        return new SigningKey(algorithm, primitive, Objects.requireNonNull(kid, "kid"));
    }

    public CoseAlgorithm algorithm() {
        return algorithm;
    }

    public Optional<KeyId> keyId() {
        return Optional.ofNullable(keyId);
    }

    byte[] authenticate(byte[] authenticated) {
        return primitive.authenticate(authenticated);
    }

    @Override
    public String toString() {
        return "SigningKey[" + algorithm + (keyId == null ? "" : ", kid " + keyId) + "]";
    }
}
