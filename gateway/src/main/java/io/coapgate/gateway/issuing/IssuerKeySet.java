package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.keys.KeptKey;
import io.coapgate.gateway.keys.KeyRing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The issuer's keys at one moment: those that make tokens, and all whose tokens are accepted. Immutable.
 *
 * @param accepted contains the others
 */
public record IssuerKeySet(IssuerKey macKey, IssuerKey signatureKey, List<IssuerKey> accepted)
        implements IssuerKeyRing {
    public IssuerKeySet {
        requireNonNull(macKey, "macKey");
        requireNonNull(signatureKey, "signatureKey");
        accepted = List.copyOf(accepted);
    }

    /**
     * Tokens of next keys are accepted too: another gateway with the same keys may use them already.
     *
     * @throws KeyFormatException if these are no rings of such keys
     */
    public static IssuerKeySet of(KeyRing macs, KeyRing signatures) throws KeyFormatException {
        List<IssuerKey> accepted = new ArrayList<>(keys(macs));
        accepted.addAll(keys(signatures));
        return new IssuerKeySet(key(macs, macs.current()), key(signatures, signatures.current()), accepted);
    }

    private static List<IssuerKey> keys(KeyRing ring) throws KeyFormatException {
        List<IssuerKey> keys = new ArrayList<>();
        for (KeptKey key : ring.keys()) {
            keys.add(key(ring, key));
        }
        return keys;
    }

    private static IssuerKey key(KeyRing ring, KeptKey key) throws KeyFormatException {
        return IssuerKeyKind.key(ring.use(), key.material().secret());
    }

    /** For resource servers that verify signatures. */
    public CoseKeySet published() {
        return CoseKeySet.ofPublicKeys(
                accepted.stream().flatMap(key -> key.publicKey().stream()).toList());
    }

    @Override
    public List<RecipientKey> current() {
        return accepted.stream().<RecipientKey>map(IssuerKey::verificationKey).toList();
    }

    @Override
    public Optional<SecretBytes> derivationKey(Optional<KeyId> keyId) {
        return keyId.flatMap(id ->
                accepted.stream().filter(key -> key.id().equals(id)).findFirst().flatMap(IssuerKey::derivationKey));
    }
}
