package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.DtlsKeyDerivation;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.refusal.Refusal;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Chooses the key that a token is bound to: the client's own key, if it has shown it in its handshake, or a new symmetric
 * one (RFC 9202 §3.2.1, §3.3.1). Thread-safe.
 */
final class ProofKeys {
    private final IssuedKeyIds ids;
    private final SecureRandom random;

    ProofKeys(IssuedKeyIds ids, SecureRandom random) {
        this.ids = ids;
        this.random = random;
    }

    /** @param derives whether symmetric keys can be derived from tokens for this audience */
    ProofKey choose(Optional<Confirmation> asked, AuthenticatedDevice client, TokenAudience audience, boolean derives)
            throws GrantRefusedException {
        if (asked.isPresent() && asked.get() instanceof Confirmation.OfKey shown) {
            return shown(shown.key(), client, audience);
        }
        if (client.sessionKey() instanceof SessionKey.Asymmetric own) {
            CoseKey key = coseKey(own);
            requireName(asked, KeyId.of(key.thumbprint().bytes()));
            return publicKey(key, audience);
        }
        return asked.isPresent() ? named(asked.get(), client, audience) : fresh(client, audience, derives);
    }

    /** A whole key, which the client must have used in its handshake: nothing else has shown that it is the client's. */
    private static ProofKey shown(CoseKey asked, AuthenticatedDevice client, TokenAudience audience)
            throws GrantRefusedException {
        boolean proven = client.sessionKey() instanceof SessionKey.Asymmetric own
                && asked.publicKey()
                        .map(SessionKey.Asymmetric::of)
                        .filter(own::equals)
                        .isPresent();
        if (!proven) { // a symmetric key, too: clients do not make them
            throw new GrantRefusedException(Refusal.GRANT_KEY_UNPROVEN);
        }
        return publicKey(coseKey((SessionKey.Asymmetric) client.sessionKey()), audience);
    }

    /** The gateway knows the key and needs no more than its thumbprint; others get it whole. */
    private static ProofKey publicKey(CoseKey key, TokenAudience audience) throws GrantRefusedException {
        if (!audience.takesPublicKeys()) {
            throw new GrantRefusedException(Refusal.GRANT_KEY);
        }
        Confirmation claim =
                audience.isOwn() ? Confirmation.of(KeyId.of(key.thumbprint().bytes())) : Confirmation.of(key);
        return new ProofKey.Known(claim, Optional.empty());
    }

    private static CoseKey coseKey(SessionKey.Asymmetric own) throws GrantRefusedException {
        try {
            return CoseKey.ofPublicKey(own.key());
        } catch (CoseException e) {
            throw new GrantRefusedException(Refusal.GRANT_KEY); // a certificate's key that COSE has no form for here
        }
    }

    private static void requireName(Optional<Confirmation> asked, KeyId name) throws GrantRefusedException {
        if (asked.isPresent() && !asked.get().equals(Confirmation.of(name))) {
            throw new GrantRefusedException(Refusal.GRANT_KEY);
        }
    }

    /** The pre-shared key of this session, for the gateway, which has it too; or a key that the client was given before. */
    private ProofKey named(Confirmation asked, AuthenticatedDevice client, TokenAudience audience)
            throws GrantRefusedException {
        if (asked instanceof Confirmation.OfKeyId name
                && ((audience.isOwn() && isSessionKey(name.keyId(), client))
                        || ids.wasIssued(name.keyId(), client.id(), audience))) {
            return new ProofKey.Known(asked, Optional.of(asked));
        }
        throw new GrantRefusedException(Refusal.GRANT_KEY);
    }

    private static boolean isSessionKey(KeyId name, AuthenticatedDevice client) {
        return client.sessionKey() instanceof SessionKey.Symmetric psk
                && psk.identity().keyId().filter(name::equals).isPresent();
    }

    private ProofKey fresh(AuthenticatedDevice client, TokenAudience audience, boolean derives)
            throws GrantRefusedException {
        KeyId id = ids.create(client.id(), audience);
        if (audience.protection() instanceof TokenProtection.Encrypted) {
            Confirmation key = Confirmation.of(CoseKey.ofSecret(freshSecret()).withKeyId(id));
            return new ProofKey.Known(key, Optional.of(key));
        }
        if (!derives) {
            throw new GrantRefusedException(Refusal.GRANT_KEY);
        }
        return new ProofKey.Derived(id);
    }

    private SecretBytes freshSecret() {
        SecretBytes secret;
        do {
            secret = SecretBytes.random(DtlsKeyDerivation.KEY_BYTES, random);
        } while (!TextSafety.isTextSafe(secret));
        return secret;
    }
}
