package io.coapgate.gateway.issuing;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.key.HkdfSha256;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Optional;

/**
 * One key that the gateway issues tokens with: what makes them, what verifies them, and what symmetric keys derive from.
 * Its identifier follows from the key, in the four bytes that keep tokens small. Immutable.
 */
public final class IssuerKey {
    /** Of the secret of a MAC. */
    public static final int SECRET_BYTES = 32;

    private static final int ID_BYTES = 4;
    private static final byte[] NO_SALT = {};
    private static final byte[] FOR_MACS = info("MAC");
    private static final byte[] FOR_DERIVATION = info("derivation");
    private static final byte[] FOR_ID = info("kid");

    private final SigningKey signing;
    private final VerificationKey verification;
    private final Optional<SecretBytes> derivation;
    private final Optional<CoseKey> publicKey;

    private IssuerKey(
            SigningKey signing,
            VerificationKey verification,
            Optional<SecretBytes> derivation,
            Optional<CoseKey> publicKey) {
        this.publicKey = publicKey;
        this.signing = signing;
        this.verification = verification;
        this.derivation = derivation;
    }

    /**
     * A key for the gateway's own tokens: HMAC 256/64, the shortest authentication there is.
     *
     * @param secret of {@value #SECRET_BYTES} random bytes, from which the MAC key and the derivation key follow
     */
    public static IssuerKey ofSecret(SecretBytes secret) {
        if (secret.length() != SECRET_BYTES) {
            throw new IllegalArgumentException("an issuer's secret has " + SECRET_BYTES + " bytes");
        }
        KeyId id =
                KeyId.of(HkdfSha256.derive(secret, NO_SALT, FOR_ID, ID_BYTES).expose()); // tells nothing of the secret
        SecretBytes mac = HkdfSha256.derive(secret, NO_SALT, FOR_MACS, SECRET_BYTES);
        SecretBytes derivation = HkdfSha256.derive(secret, NO_SALT, FOR_DERIVATION, SECRET_BYTES);
        try {
            return new IssuerKey(
                    SigningKey.of(CoseAlgorithm.HMAC_256_64, mac).withKeyId(id),
                    VerificationKey.of(CoseAlgorithm.HMAC_256_64, mac).withKeyId(id),
                    Optional.of(derivation),
                    Optional.empty());
        } catch (CoseException e) {
            throw new IllegalStateException("a secret of the right length makes no MAC", e);
        }
    }

    /**
     * A key for tokens that others verify: ES256.
     *
     * @param pair on P-256
     * @throws IllegalArgumentException if it is on no such curve
     */
    public static IssuerKey ofKeyPair(KeyPair pair) {
        try {
            CoseKey publicKey = CoseKey.ofPublicKey(pair.getPublic());
            byte[] thumbprint = publicKey.thumbprint().bytes();
            KeyId id = KeyId.of(Arrays.copyOf(thumbprint, ID_BYTES));
            return new IssuerKey(
                    SigningKey.of(CoseAlgorithm.ES256, pair.getPrivate()).withKeyId(id),
                    VerificationKey.of(CoseAlgorithm.ES256, pair.getPublic()).withKeyId(id),
                    Optional.empty(),
                    Optional.of(publicKey.withKeyId(id)));
        } catch (CoseException e) {
            throw new IllegalArgumentException("not a key pair for ES256", e);
        }
    }

    /** The {@code kid} that tokens made with this key carry. */
    public KeyId id() {
        return signing.keyId().orElseThrow();
    }

    public SigningKey signingKey() {
        return signing;
    }

    public VerificationKey verificationKey() {
        return verification;
    }

    /** For those who verify its signatures; a secret has none. */
    Optional<CoseKey> publicKey() {
        return publicKey;
    }

    /** What symmetric keys derive from (RFC 9202 §3.3.1); a key for signatures has none. */
    public Optional<SecretBytes> derivationKey() {
        return derivation;
    }

    @Override
    public String toString() {
        return "IssuerKey[" + signing.algorithm() + ", kid " + id() + "]";
    }

    private static byte[] info(String purpose) {
        return ("coapgate issuer " + purpose).getBytes(StandardCharsets.US_ASCII);
    }
}
