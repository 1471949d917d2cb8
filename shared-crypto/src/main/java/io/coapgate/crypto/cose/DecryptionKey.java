package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that decrypts with exactly one algorithm. Immutable and safe for use by several threads.
 *
 * <p>It may have an identifier and a time in which it is valid; both ends of that time are inclusive.
 */
public final class DecryptionKey implements RecipientKey {

    private final KeyRecord said;
    private final Aead aead;
    private final byte @Nullable [] baseIv;

    private DecryptionKey(KeyRecord said, Aead aead, byte @Nullable [] baseIv) {
        this.said = said;
        this.aead = aead;
        this.baseIv = baseIv;
    }

    /**
     * A key of exactly the algorithm's length.
     *
     * @throws CoseException {@code INVALID_KEY} if the algorithm does not encrypt, or the secret has another length
     */
    public static DecryptionKey of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        return new DecryptionKey(KeyRecord.of(algorithm), Aead.of(algorithm, secret), null);
    }

    @Override
    public DecryptionKey withKeyId(KeyId kid) {
        return new DecryptionKey(said.withKeyId(kid), aead, baseIv);
    }

    @Override
    public DecryptionKey withValidity(Instant from, Instant to) {
        return new DecryptionKey(said.withValidity(from, to), aead, baseIv);
    }

    /**
     * The same key with what both sides know of its nonces; without it messages with a Partial IV are refused.
     *
     * @throws CoseException {@code INVALID_KEY} if it does not have the length of the algorithm's nonces
     */
    public DecryptionKey withBaseIv(byte[] iv) throws CoseException {
        return new DecryptionKey(said, aead, EncryptionKey.checkedBaseIv(said.algorithm(), iv));
    }

    @Override
    public CoseAlgorithm algorithm() {
        return said.algorithm();
    }

    @Override
    public Optional<KeyId> keyId() {
        return said.keyId();
    }

    @Override
    public boolean isValidAt(Instant now) {
        return said.isValidAt(now);
    }

    /** The plaintext, with the nonce that the headers tell; empty if it is not authentic. */
    Optional<byte[]> open(CoseHeaders headers, byte[] ciphertext, byte[] additional) throws CoseException {
        return aead.open(Nonces.of(headers, baseIv), ciphertext, additional);
    }

    @Override
    public String toString() {
        return "DecryptionKey" + said.inBrackets();
    }
}
