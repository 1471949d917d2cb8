package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cwt.IssuerDecryptionKey;
import java.util.List;

/**
 * The keys that a recipient decrypts with, as far as they are known.
 *
 * @param areAll whether it has no others, so that it refuses whatever these don't decrypt
 */
public record DecryptionKeys(List<IssuerDecryptionKey> keys, boolean areAll) {

    /** Nobody has said which keys there are. */
    public static final DecryptionKeys UNKNOWN = new DecryptionKeys(List.of(), false);

    public DecryptionKeys {
        keys = List.copyOf(keys);
    }

    /** Whether enough is known to say that the recipient can, or can't, decrypt something under this algorithm. */
    public boolean tellOf(CoseAlgorithm algorithm) {
        return areAll || keys.stream().anyMatch(one -> one.key().algorithm() == algorithm);
    }
}
