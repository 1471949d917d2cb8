package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.util.Optional;

/**
 * A key that encrypts with exactly one algorithm. Immutable and safe for use by several threads.
 *
 * <p>If it has an identifier, the messages that it makes carry it.
 */
public final class EncryptionKey {

    private final AeadKey key;

    private EncryptionKey(AeadKey key) {
        this.key = key;
    }

    /**
     * A key of exactly the algorithm's length.
     *
     * @throws CoseException {@code INVALID_KEY} if the algorithm does not encrypt, or the secret has another length
     */
    public static EncryptionKey of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        return new EncryptionKey(AeadKey.of(algorithm, secret));
    }

    /** The same key with this identifier. */
    public EncryptionKey withKeyId(KeyId kid) {
        return new EncryptionKey(key.withKeyId(kid));
    }

    /**
     * The same key with what both sides know of its nonces, so that messages can carry a short Partial IV.
     *
     * @throws CoseException {@code INVALID_KEY} if it does not have the length of the algorithm's nonces
     */
    public EncryptionKey withBaseIv(byte[] iv) throws CoseException {
        return new EncryptionKey(key.withBaseIv(iv));
    }

    public CoseAlgorithm algorithm() {
        return key.said().algorithm();
    }

    public Optional<KeyId> keyId() {
        return key.said().keyId();
    }

    Optional<byte[]> baseIv() {
        return Optional.ofNullable(key.baseIv());
    }

    byte[] seal(byte[] nonce, byte[] plaintext, byte[] additional) {
        return key.aead().seal(nonce, plaintext, additional);
    }

    @Override
    public String toString() {
        return "EncryptionKey" + key.said().inBrackets();
    }
}
