package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import java.util.Optional;

/** The key whose possession the bearer of a token must prove, as the token says it and as the client is told. */
sealed interface ProofKey {
    /** The {@code cnf} of the token. */
    Confirmation claim();

    /**
     * A key that needs no more than what is here.
     *
     * @param told the {@code cnf} of the response; empty if the client knows
     */
    record Known(Confirmation claim, Optional<Confirmation> told) implements ProofKey {
        public Known {
            requireNonNull(claim, "claim");
            requireNonNull(told, "told");
        }
    }

    /**
     * A key that only the finished token says (RFC 9202 §3.3.1).
     *
     * @param id its name, which no other key for this audience has
     */
    record Derived(KeyId id) implements ProofKey {
        public Derived {
            requireNonNull(id, "id");
        }

        @Override
        public Confirmation claim() {
            return Confirmation.of(id);
        }
    }
}
