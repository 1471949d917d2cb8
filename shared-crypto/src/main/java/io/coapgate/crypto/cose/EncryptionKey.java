package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that encrypts with exactly one algorithm. Immutable and safe for use by several threads.
 *
 * <p>If it has an identifier, the messages that it makes carry it.
 */
public final class EncryptionKey {

    private final KeyRecord said;
    private final Aead aead;
    private final byte @Nullable [] baseIv;

    private EncryptionKey(KeyRecord said, Aead aead, byte @Nullable [] baseIv) {
        this.said = said;
        this.aead = aead;
        this.baseIv = baseIv;
    }

    /**
     * A key of exactly the algorithm's length.
     *
     * @throws CoseException {@code INVALID_KEY} if the algorithm does not encrypt, or the secret has another length
     */
    public static EncryptionKey of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        return new EncryptionKey(KeyRecord.of(algorithm), Aead.of(algorithm, secret), null);
    }

    /** The same key with this identifier. */
    public EncryptionKey withKeyId(KeyId kid) {
        return new EncryptionKey(said.withKeyId(kid), aead, baseIv);
    }

    /**
     * The same key with what both sides know of its nonces, so that messages can carry a short Partial IV.
     *
     * @throws CoseException {@code INVALID_KEY} if it does not have the length of the algorithm's nonces
     */
    public EncryptionKey withBaseIv(byte[] iv) throws CoseException {
        return new EncryptionKey(said, aead, checkedBaseIv(said.algorithm(), iv));
    }

    static byte[] checkedBaseIv(CoseAlgorithm algorithm, byte[] iv) throws CoseException {
        if (iv.length != algorithm.nonceLength()) {
            throw new CoseException(
                    INVALID_KEY, "a Base IV of " + iv.length + " bytes, not " + algorithm.nonceLength());
        }
        return iv.clone();
    }

    public CoseAlgorithm algorithm() {
        return said.algorithm();
    }

    public Optional<KeyId> keyId() {
        return said.keyId();
    }

    Optional<byte[]> baseIv() {
        return Optional.ofNullable(baseIv);
    }

    byte[] seal(byte[] nonce, byte[] plaintext, byte[] additional) {
        return aead.seal(nonce, plaintext, additional);
    }

    @Override
    public String toString() {
        return "EncryptionKey" + said.inBrackets();
    }
}
