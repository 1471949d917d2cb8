package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.util.List;
import java.util.Optional;

/**
 * One key for each purpose, for good.
 *
 * @param macKey has a derivation key
 */
public record FixedKeyRing(IssuerKey macKey, IssuerKey signatureKey) implements IssuerKeyRing {
    public FixedKeyRing {
        requireNonNull(signatureKey, "signatureKey");
        if (macKey.derivationKey().isEmpty()) {
            throw new IllegalArgumentException("the gateway's own tokens are made with a secret");
        }
    }

    @Override
    public List<RecipientKey> current() {
        return List.of(macKey.verificationKey(), signatureKey.verificationKey());
    }

    @Override
    public Optional<SecretBytes> derivationKey(Optional<KeyId> keyId) {
        return keyId.filter(macKey.id()::equals).flatMap(same -> macKey.derivationKey());
    }
}
