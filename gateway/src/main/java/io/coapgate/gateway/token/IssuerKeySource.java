package io.coapgate.gateway.token;

import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where the keys of an issuer come from: the configuration, a key set that is fetched, or the gateway itself. Thread-safe. */
@FunctionalInterface
public interface IssuerKeySource {
    /** Those that count now. Asked for each token that is verified: must neither block nor take long. */
    List<RecipientKey> current();

    /**
     * The key from which tokens stand for symmetric keys that they do not carry, RFC 9202 §3.3.1; by default there is none.
     * Must neither block nor take long.
     *
     * @param keyId of the key that vouches for the token, as the token names it
     */
    default Optional<SecretBytes> derivationKey(Optional<KeyId> keyId) {
        return Optional.empty();
    }

    /**
     * A token has come whose key is not among {@link #current()}: looks for newer keys, if that can help. Never blocks.
     *
     * @return empty if the keys are fixed; else completed, normally and in bounded time, when it is worth while to look
     *     again, be it that nothing has changed
     */
    default Optional<CompletionStage<Void>> refreshForUnknownKey() {
        return Optional.empty();
    }
}
