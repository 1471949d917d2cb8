package io.coapgate.gateway.token;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.key.HkdfSha256;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;

/** The keys by which a device's own CWTs are verified: those of the session that it presents them on, no others. */
final class SelfIssuedKeys {
    /** Keeps the MAC key apart from the DTLS handshake's use of the same secret. */
    private static final byte[] INFO = "coapgate self-issued CWT".getBytes(StandardCharsets.US_ASCII);

    private static final int MAC_KEY_BYTES = 32;

    private SelfIssuedKeys() {}

    static List<VerificationKey> of(SessionKey key) {
        try {
            if (key instanceof SessionKey.Symmetric psk) {
                return ofSecret(psk.key());
            }
            return key instanceof SessionKey.Asymmetric own ? ofPublicKey(own.key()) : List.of();
        } catch (CoseException e) {
            return List.of(); // a certificate's key of a kind that COSE does not know here: it can't sign a CWT
        }
    }

    private static List<VerificationKey> ofSecret(SecretBytes psk) throws CoseException {
        SecretBytes macKey = HkdfSha256.derive(psk, new byte[0], INFO, MAC_KEY_BYTES);
        return List.of(
                VerificationKey.of(CoseAlgorithm.HMAC_256_256, macKey),
                VerificationKey.of(CoseAlgorithm.HMAC_256_64, macKey));
    }

    private static List<VerificationKey> ofPublicKey(PublicKey key) throws CoseException {
        return List.of(
                VerificationKey.of(key.getAlgorithm().equals("EC") ? CoseAlgorithm.ES256 : CoseAlgorithm.EDDSA, key));
    }
}
