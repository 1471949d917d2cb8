package io.coapgate.gateway.token;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;

/** Whether a token's {@code cnf} (RFC 8747) names the key that the session was established with (RFC 9202 §3). */
final class TokenBinding {
    private TokenBinding() {}

    static boolean names(Confirmation confirmation, SessionKey sessionKey) {
        if (confirmation instanceof Confirmation.OfKey confirmed) {
            return namesKey(confirmed.key(), sessionKey);
        }
        return confirmation instanceof Confirmation.OfKeyId named && namesKeyId(named.keyId(), sessionKey);
    }

    private static boolean namesKey(CoseKey confirmed, SessionKey sessionKey) {
        if (sessionKey instanceof SessionKey.Symmetric psk) {
            return confirmed.secret().filter(psk.key()::equals).isPresent();
        }
        Thumbprint session = ((SessionKey.Asymmetric) sessionKey).thumbprint();
        return confirmed
                .publicKey()
                .map(Thumbprint::ofSubjectPublicKeyInfo)
                .filter(session::equals)
                .isPresent();
    }

    /** A {@code kid} is the PSK identity, or the public key's RFC 9679 thumbprint: nothing that two keys could share. */
    private static boolean namesKeyId(KeyId keyId, SessionKey sessionKey) {
        if (sessionKey instanceof SessionKey.Symmetric psk) {
            byte[] identity = psk.identity().value().getBytes(StandardCharsets.UTF_8);
            return KeyId.isValid(identity) && keyId.equals(KeyId.of(identity));
        }
        return keyId.equals(thumbprintOf(((SessionKey.Asymmetric) sessionKey).key()));
    }

    private static KeyId thumbprintOf(PublicKey key) {
        try {
            return KeyId.of(CoseKey.ofPublicKey(key).thumbprint().bytes());
        } catch (CoseException e) {
            return KeyId.of(Thumbprint.ofSubjectPublicKeyInfo(key).bytes()); // a key that COSE has no form for
        }
    }
}
