package io.coapgate.gateway.token;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Optional;

/** Whether a token's {@code cnf} (RFC 8747) names the key that the session was established with (RFC 9202 §3). */
final class TokenBinding {
    private TokenBinding() {}

    static boolean names(Confirmation confirmation, SessionKey sessionKey) {
        if (confirmation instanceof Confirmation.OfKey confirmed) {
            return namesKey(confirmed.key(), sessionKey);
        }
        return confirmation instanceof Confirmation.OfKeyId named
                && nameOf(sessionKey).filter(named.keyId()::equals).isPresent();
    }

    private static boolean namesKey(CoseKey confirmed, SessionKey sessionKey) {
        if (sessionKey instanceof SessionKey.Symmetric psk) {
            return confirmed.secret().filter(psk.key()::equals).isPresent();
        }
        if (sessionKey instanceof SessionKey.Issued issued) {
            return confirmed.secret().filter(issued.key()::equals).isPresent()
                    && confirmed.keyId().filter(issued.keyId()::equals).isPresent();
        }
        Thumbprint session = ((SessionKey.Asymmetric) sessionKey).thumbprint();
        return confirmed
                .publicKey()
                .map(Thumbprint::ofSubjectPublicKeyInfo)
                .filter(session::equals)
                .isPresent();
    }

    /**
     * The {@code kid} that means a key: the PSK identity, the name that a token gave to the key, or the public key's RFC 9679
     * thumbprint. Nothing that two keys could share; empty for an identity that is too long to be a {@code kid}.
     */
    static Optional<KeyId> nameOf(SessionKey sessionKey) {
        if (sessionKey instanceof SessionKey.Symmetric psk) {
            byte[] identity = psk.identity().value().getBytes(StandardCharsets.UTF_8);
            return KeyId.isValid(identity) ? Optional.of(KeyId.of(identity)) : Optional.empty();
        }
        if (sessionKey instanceof SessionKey.Issued issued) {
            return Optional.of(issued.keyId());
        }
        return Optional.of(thumbprintOf(((SessionKey.Asymmetric) sessionKey).key()));
    }

    private static KeyId thumbprintOf(PublicKey key) {
        try {
            return KeyId.of(CoseKey.ofPublicKey(key).thumbprint().bytes());
        } catch (CoseException e) {
            return KeyId.of(Thumbprint.ofSubjectPublicKeyInfo(key).bytes()); // a key that COSE has no form for
        }
    }
}
