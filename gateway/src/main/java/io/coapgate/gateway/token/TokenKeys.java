package io.coapgate.gateway.token;

import io.coapgate.crypto.ace.DtlsKeyDerivation;
import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.refusal.Refusal;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Finds whom a verified token is for and the key that a handshake with it must prove (RFC 9202 §3.2.2, §3.3.2): the key in
 * its {@code cnf}, or one that is derived from the token, or the one that an earlier token of its issuer gave that name.
 */
final class TokenKeys {
    /** The CWT tag, 61, which may stand in front of a COSE tag (RFC 8392 §6). */
    private static final byte[] CWT_TAG = {(byte) 0xd8, 61};

    private final AcceptedKeys issuers;
    private final WaitingTokens waiting;
    private final Map<String, SecretBytes> derivationKeys;

    /** @param derivationKeys by issuer, beside those that issuers' key sources have */
    TokenKeys(AcceptedKeys issuers, WaitingTokens waiting, Map<String, SecretBytes> derivationKeys) {
        this.issuers = issuers;
        this.waiting = waiting;
        this.derivationKeys = derivationKeys;
    }

    /**
     * @param bytes as the token came, from which keys are derived
     * @throws TokenRefusedException {@code TOKEN_CLAIMS} or {@code TOKEN_BINDING}
     */
    WaitingToken of(VerifiedCwt token, byte[] bytes) throws TokenRefusedException {
        DeviceId subject = subject(token);
        Confirmation confirmation =
                token.confirmation().orElseThrow(() -> new TokenRefusedException(Refusal.TOKEN_BINDING));
        if (confirmation instanceof Confirmation.OfKey confirmed) {
            SessionKey key = confirmed.key().secret().isPresent()
                    ? secret(confirmed.key(), token, bytes)
                    : publicKey(confirmed.key());
            return new WaitingToken(token, subject, TokenBinding.nameOf(key).orElseThrow(), Optional.of(key));
        }
        if (confirmation instanceof Confirmation.OfKeyId named) {
            return new WaitingToken(token, subject, named.keyId(), namedKey(named.keyId(), token, bytes));
        }
        throw new TokenRefusedException(Refusal.TOKEN_BINDING);
    }

    private static DeviceId subject(VerifiedCwt token) throws TokenRefusedException {
        try {
            return new DeviceId(token.claims().subject().orElse(""));
        } catch (IllegalArgumentException e) {
            throw new TokenRefusedException(Refusal.TOKEN_CLAIMS, e);
        }
    }

    private static SessionKey publicKey(CoseKey confirmed) throws TokenRefusedException {
        try {
            PublicKey key = confirmed.publicKey().orElseThrow(() -> new TokenRefusedException(Refusal.TOKEN_BINDING));
            return SessionKey.Asymmetric.of(Ed25519.isOn(key) ? Ed25519.checked(key) : EcCurve.P_256.checked(key));
        } catch (KeyFormatException e) {
            throw new TokenRefusedException(Refusal.TOKEN_BINDING, e); // of a kind that no handshake here can use
        }
    }

    /** It must have a name and be too long to be guessed, and nobody but issuer and gateway may have read it. */
    private static SessionKey secret(CoseKey confirmed, VerifiedCwt token, byte[] bytes) throws TokenRefusedException {
        SecretBytes secret = confirmed.secret().orElseThrow();
        boolean usable = secret.length() >= PreSharedKey.MIN_KEY_BYTES && secret.length() <= PreSharedKey.MAX_KEY_BYTES;
        if (!usable || confirmed.keyId().isEmpty() || !isHidden(token, bytes)) {
            throw new TokenRefusedException(Refusal.TOKEN_CLAIMS);
        }
        return new SessionKey.Issued(confirmed.keyId().get(), secret);
    }

    private static boolean isHidden(VerifiedCwt token, byte[] bytes) {
        boolean tagged = bytes.length > CWT_TAG.length && Arrays.equals(CWT_TAG, Arrays.copyOf(bytes, CWT_TAG.length));
        byte[] cose = tagged ? Arrays.copyOfRange(bytes, CWT_TAG.length, bytes.length) : bytes;
        return CoseEncrypt0.isTagged(cose)
                || token.claims()
                        .confirmation()
                        .filter(Confirmation.OfEncryptedKey.class::isInstance)
                        .isPresent();
    }

    /** A name that lives already means the key that it meant; only a new one has a key derived. */
    private Optional<SessionKey> namedKey(KeyId name, VerifiedCwt token, byte[] bytes) {
        Optional<WaitingToken> earlier = waiting.find(name)
                .filter(held -> held.token().issuer().equals(token.issuer()))
                .filter(held -> !held.token().contentThumbprint().equals(token.contentThumbprint()));
        if (earlier.isPresent()) {
            return earlier.get().key();
        }
        return Optional.ofNullable(derivationKeys.get(token.issuer()))
                .or(() -> issuers.issuer(token.issuer())
                        .flatMap(issuer -> issuer.keys().derivationKey(token.keyId())))
                .map(key -> new SessionKey.Issued(name, DtlsKeyDerivation.derive(key, bytes)));
    }
}
