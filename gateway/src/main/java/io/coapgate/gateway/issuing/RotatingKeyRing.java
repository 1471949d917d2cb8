package io.coapgate.gateway.issuing;

import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keys that change while the gateway runs.
 *
 * @param now the keys as they are; asked for every token
 */
public record RotatingKeyRing(Supplier<IssuerKeySet> now) implements IssuerKeyRing {
    /** For resource servers that verify signatures. */
    public CoseKeySet published() {
        return now.get().published();
    }

    @Override
    public IssuerKey macKey() {
        return now.get().macKey();
    }

    @Override
    public IssuerKey signatureKey() {
        return now.get().signatureKey();
    }

    @Override
    public List<RecipientKey> current() {
        return now.get().current();
    }

    @Override
    public Optional<SecretBytes> derivationKey(Optional<KeyId> keyId) {
        return now.get().derivationKey(keyId);
    }
}
