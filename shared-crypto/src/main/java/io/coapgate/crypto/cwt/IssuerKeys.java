package io.coapgate.crypto.cwt;

import io.coapgate.crypto.cose.VerificationKey;
import java.util.List;

/**
 * Knows the keys of those whose tokens are trusted. Called on the thread that verifies: it must not block.
 *
 * <p>It only lists an issuer's keys; {@link CwtVerifier} picks among them by identifier, algorithm and validity, so that
 * no implementation can pick wrongly. Several keys may be valid at once, as during a rotation.
 */
@FunctionalInterface
public interface IssuerKeys {

    /** The issuer's keys for signatures and MACs; empty if it is not trusted. The name comes from a token that is not verified yet. */
    List<VerificationKey> keysOf(String issuer);

    /** The keys for tokens, and for keys in {@code cnf}, that come encrypted; by default there are none. */
    default List<IssuerDecryptionKey> decryptionKeys() {
        return List.of();
    }
}
