package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.cwt.IssuerDecryptionKey;
import io.coapgate.crypto.cwt.IssuerKeys;
import io.coapgate.crypto.key.SecretBytes;
import java.util.List;

/** Issues claims anew with a key that is good for nothing else, so that only the claims can be refused; decrypts with known keys. */
record TrialKeys(DecryptionKeys decrypting) implements IssuerKeys {

    private static final SecretBytes KEY = SecretBytes.copyOf(new byte[32]);
    private static final String NOBODY = "trial";

    /** A token of the issuer that the claims name. */
    static byte[] issue(CwtClaims claims) {
        try {
            SigningKey key = SigningKey.of(CoseAlgorithm.HMAC_256_256, KEY);
            return new CwtIssuer(claims.issuer().orElse(NOBODY), key).issue(claims);
        } catch (CoseException e) {
            throw new IllegalStateException("32 bytes are an HMAC key", e);
        }
    }

    @Override
    public List<VerificationKey> keysOf(String issuer) {
        try {
            return List.of(VerificationKey.of(CoseAlgorithm.HMAC_256_256, KEY));
        } catch (CoseException e) {
            throw new IllegalStateException("32 bytes are an HMAC key", e);
        }
    }

    @Override
    public List<IssuerDecryptionKey> decryptionKeys() {
        return decrypting.keys();
    }
}
