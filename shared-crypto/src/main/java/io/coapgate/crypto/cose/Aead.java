package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.SecretBytes;
import java.util.Optional;

/** One AES key in one mode that encrypts and authenticates (RFC 9053 §4). Thread-safe. */
interface Aead {

    /**
     * The ciphertext with the authentication tag behind it. The caller sees to it that no nonce is used twice: one
     * repetition gives both plaintexts away, and with GCM the key for authentication too.
     */
    byte[] seal(byte[] nonce, byte[] plaintext, byte[] additional);

    /** The plaintext; empty if it was not sealed with this key, nonce and additional data. */
    Optional<byte[]> open(byte[] nonce, byte[] ciphertext, byte[] additional);

    /**
     * @throws CoseException {@code INVALID_KEY} if the algorithm does not encrypt, or the secret has another length than
     *     its keys have
     */
    static Aead of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        if (algorithm.kind() != CoseAlgorithm.Kind.ENCRYPTION) {
            throw new CoseException(INVALID_KEY, "an encryption key for " + algorithm.ianaName());
        }
        if (secret.length() != algorithm.keyLength()) {
            throw new CoseException(
                    INVALID_KEY, "an AES key of " + secret.length() + " bytes, not " + algorithm.keyLength());
        }
        return switch (algorithm) {
            case A128GCM, A192GCM, A256GCM -> new AesGcm(algorithm, secret);
            default -> new AesCcm(algorithm, secret);
        };
    }
}
