package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a key that encrypts and one that decrypts have in common: a record, a cipher, and perhaps a Base IV. Never compared. */
record AeadKey(KeyRecord said, Aead aead, byte @Nullable [] baseIv) {

    /** @throws CoseException {@code INVALID_KEY} if the algorithm does not encrypt, or the secret has another length */
    static AeadKey of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        return new AeadKey(KeyRecord.of(algorithm), Aead.of(algorithm, secret), null);
    }

    AeadKey withKeyId(KeyId kid) {
        return new AeadKey(said.withKeyId(kid), aead, baseIv);
    }

    AeadKey withValidity(Instant from, Instant to) {
        return new AeadKey(said.withValidity(from, to), aead, baseIv);
    }

    /** @throws CoseException {@code INVALID_KEY} if it does not have the length of the algorithm's nonces */
    AeadKey withBaseIv(byte[] iv) throws CoseException {
        int length = said.algorithm().nonceLength();
        if (iv.length != length) {
            throw new CoseException(INVALID_KEY, "a Base IV of " + iv.length + " bytes, not " + length);
        }
        return new AeadKey(said, aead, iv.clone());
    }
}
