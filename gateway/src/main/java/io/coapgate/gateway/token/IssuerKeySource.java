package io.coapgate.gateway.token;

import io.coapgate.crypto.cose.RecipientKey;
import java.util.List;

/** Where the keys of an issuer come from: the configuration, a key set that is fetched, or the gateway itself. Thread-safe. */
@FunctionalInterface
public interface IssuerKeySource {
    /** Those that count now. Asked for each token that is verified: must neither block nor take long. */
    List<RecipientKey> current();
}
