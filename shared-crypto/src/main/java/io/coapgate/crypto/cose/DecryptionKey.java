package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that decrypts with exactly one algorithm. Immutable and safe for use by several threads.
 *
 * <p>It may have an identifier and a time in which it is valid; both ends of that time are inclusive.
 */
public final class DecryptionKey implements RecipientKey {

    private final AeadKey key;

    private DecryptionKey(AeadKey key) {
        this.key = key;
    }

    /**
     * A key of exactly the algorithm's length.
     *
     * @throws CoseException {@code INVALID_KEY} if the algorithm does not encrypt, or the secret has another length
     */
    public static DecryptionKey of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        return new DecryptionKey(AeadKey.of(algorithm, secret));
    }

    @Override
    public DecryptionKey withKeyId(KeyId kid) {
        return new DecryptionKey(key.withKeyId(kid));
    }

    @Override
    public DecryptionKey withValidity(Instant from, Instant to) {
        return new DecryptionKey(key.withValidity(from, to));
    }

    /**
     * The same key with what both sides know of its nonces; without it messages with a Partial IV are refused.
     *
     * @throws CoseException {@code INVALID_KEY} if it does not have the length of the algorithm's nonces
     */
    public DecryptionKey withBaseIv(byte[] iv) throws CoseException {
        return new DecryptionKey(key.withBaseIv(iv));
    }

    @Override
    public CoseAlgorithm algorithm() {
        return key.said().algorithm();
    }

    @Override
    public Optional<KeyId> keyId() {
        return key.said().keyId();
    }

    @Override
    public boolean isValidAt(Instant now) {
        return key.said().isValidAt(now);
    }

    /** The plaintext, with the nonce that the headers tell; empty if it is not authentic. */
    Optional<byte[]> open(CoseHeaders headers, byte[] ciphertext, byte[] additional) throws CoseException {
        return key.aead().open(Nonces.of(headers, key.baseIv()), ciphertext, additional);
    }

    @Override
    public String toString() {
        return "DecryptionKey" + key.said().inBrackets();
    }
}
