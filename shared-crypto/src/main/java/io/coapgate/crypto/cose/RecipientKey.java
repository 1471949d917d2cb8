package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/** A key with which a recipient verifies or decrypts: what a message's key is picked by. */
public sealed interface RecipientKey permits VerificationKey, DecryptionKey {

    /** The one algorithm that the key is for. */
    CoseAlgorithm algorithm();

    /** The identifier by which messages may name the key. */
    Optional<KeyId> keyId();

    /** The same key with this identifier. */
    RecipientKey withKeyId(KeyId kid);

    /** The same key, valid only from the one instant to the other. */
    RecipientKey withValidity(Instant from, Instant to);

    /** Whether the key may be used at this instant; both ends of its time are inclusive. */
    boolean isValidAt(Instant now);
}
