package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.cose.VerificationKey;
import java.util.List;

/**
 * An authorization server whose CWTs are accepted.
 *
 * @param name its {@code iss} claim
 * @param keys each with its {@code kid} and validity; several, so that old and new overlap in a rotation
 */
public record TrustedIssuer(String name, List<RecipientKey> keys) {
    public TrustedIssuer {
        requireNonNull(name, "name");
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a trusted issuer has at least one key");
        }
    }

    /** Those of its keys that verify signatures or MACs. */
    public List<VerificationKey> verificationKeys() {
        return only(VerificationKey.class);
    }

    /** Those of its keys that decrypt. */
    public List<DecryptionKey> decryptionKeys() {
        return only(DecryptionKey.class);
    }

    private <K> List<K> only(Class<K> type) {
        return keys.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
