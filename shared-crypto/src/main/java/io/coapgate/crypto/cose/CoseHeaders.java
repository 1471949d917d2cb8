package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.KeyId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header parameters of a COSE message that this layer acts on (RFC 9052 §3.1). Immutable.
 *
 * <p>They are claims of the message until it is verified: fit for picking a key, for nothing else.
 */
public final class CoseHeaders {

    private final CoseAlgorithm algorithm;
    private final @Nullable KeyId keyId;
    private final byte @Nullable [] iv;
    private final byte @Nullable [] partialIv;

    CoseHeaders(CoseAlgorithm algorithm, @Nullable KeyId keyId, byte @Nullable [] iv, byte @Nullable [] partialIv) {
        this.algorithm = Objects.requireNonNull(algorithm, "algorithm");
        this.keyId = keyId;
        this.iv = iv;
        this.partialIv = partialIv;
    }

    /** The algorithm, which stood in the protected bucket. */
    public CoseAlgorithm algorithm() {
        return algorithm;
    }

    /** The key identifier, from either bucket; often not protected. */
    public Optional<KeyId> keyId() {
        return Optional.ofNullable(keyId);
    }

    /** The whole nonce of an encrypted message. */
    Optional<byte[]> iv() {
        return Optional.ofNullable(iv);
    }

    /** The part of an encrypted message's nonce that the key's Base IV makes whole. */
    Optional<byte[]> partialIv() {
        return Optional.ofNullable(partialIv);
    }

    @Override
    public String toString() {
        return "CoseHeaders[" + algorithm + (keyId == null ? "" : ", kid " + keyId) + "]";
    }
}
