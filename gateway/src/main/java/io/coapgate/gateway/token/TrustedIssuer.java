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
 * @param keys those that it has now
 */
public record TrustedIssuer(String name, IssuerKeySource keys) {
    public TrustedIssuer {
        requireNonNull(name, "name");
        requireNonNull(keys, "keys");
    }

    /**
     * An issuer whose keys stand in the configuration.
     *
     * @param keys each with its {@code kid} and validity; several, so that old and new overlap in a rotation
     */
    public static TrustedIssuer of(String name, List<RecipientKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a trusted issuer has at least one key");
        }
        List<RecipientKey> fixed = List.copyOf(keys);
        return new TrustedIssuer(name, () -> fixed);
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
        return keys.current().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
