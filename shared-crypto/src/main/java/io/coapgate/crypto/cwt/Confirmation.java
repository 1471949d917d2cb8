package io.coapgate.crypto.cwt;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.key.KeyId;
import java.security.SecureRandom;
import java.util.Objects;

/** The key whose possession the presenter of a token must prove ({@code cnf}, RFC 8747 §3.1): exactly one member. */
public sealed interface Confirmation {

    /** The key itself, without a private part ({@code COSE_Key}, RFC 8747 §3.2). */
    record OfKey(CoseKey key) implements Confirmation {
        public OfKey {
            Objects.requireNonNull(key, "key");
            if (key.privateKey().isPresent()) {
                throw new IllegalArgumentException("a confirmation key must not carry its private part");
            }
        }
    }

    /** The identifier of a key that both sides know ({@code kid}, RFC 8747 §3.4). */
    record OfKeyId(KeyId keyId) implements Confirmation {
        public OfKeyId {
            Objects.requireNonNull(keyId, "keyId");
        }
    }

    /**
     * A symmetric key that only the recipient can read ({@code Encrypted_COSE_Key}, RFC 8747 §3.3), as a COSE_Encrypt0.
     * {@link CwtVerifier} decrypts it.
     */
    record OfEncryptedKey(CoseEncrypt0 message) implements Confirmation {
        public OfEncryptedKey {
            Objects.requireNonNull(message, "message");
        }

        /**
         * The key, with which the presenter can be asked for proof.
         *
         * @throws InvalidCwtException {@code INVALID_CONFIRMATION} if it does not decrypt to a symmetric COSE_Key
         */
        public OfKey decrypt(DecryptionKey with) throws InvalidCwtException {
            return ConfirmationCbor.decrypt(message, with);
        }
    }

    /** Confirmation by this key; a private part is left out. */
    static Confirmation of(CoseKey key) {
        try {
            return new OfKey(key.privateKey().isPresent() ? key.publicOnly() : key);
        } catch (CoseException e) {
            throw new IllegalStateException("a key with a private part has a public one", e);
        }
    }

    /** Confirmation by this symmetric key, encrypted for the recipient under a random IV. */
    static Confirmation encrypted(CoseKey key, EncryptionKey with, SecureRandom random) {
        return ConfirmationCbor.encrypt(key, with, random);
    }

    /** Confirmation by the key of this identifier. */
    static Confirmation of(KeyId keyId) {
        return new OfKeyId(keyId);
    }

    /**
     * Reads the value of a {@code cnf} claim or parameter. A symmetric {@code COSE_Key} of nothing but type and
     * identifier, as RFC 9202 §3.3.2 has it, is confirmation by identifier.
     *
     * @throws InvalidCwtException {@code INVALID_CONFIRMATION} unless it has one member, which is understood
     */
    static Confirmation ofCbor(CBORObject cnf) throws InvalidCwtException {
        return ConfirmationCbor.read(cnf);
    }

    /** Encodes the confirmation as the value of a {@code cnf} claim or parameter. */
    default CBORObject toCbor() {
        return ConfirmationCbor.write(this);
    }
}
