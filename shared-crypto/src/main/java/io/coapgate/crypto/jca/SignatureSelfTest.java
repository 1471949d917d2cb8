package io.coapgate.crypto.jca;

import io.coapgate.crypto.jca.CryptoProviderException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;

/**
 * Proof, before anything relies on it, that the active providers tell genuine signatures from forged ones.
 *
 * <p>Java 15 to 17.0.2 took an ECDSA signature of nothing but zeros for anyone's signature of anything (CVE-2022-21449). A
 * version number says what a platform should do; this asks what it does. Takes milliseconds, and changes nothing.
 */
public final class SignatureSelfTest {
    private static final byte[] MESSAGE = "coapgate signature self-test".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_MESSAGE = "coapgate signature self-tesu".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZEROS = new byte[64];
    /** SEQUENCE { INTEGER 0, INTEGER 0 }. */
    private static final byte[] DER_ZEROS = {0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00};

    private final Verification verification;

    SignatureSelfTest(Verification verification) {
        this.verification = verification;
    }

    /**
     * Tests ECDSA on P-256 in both signature formats, and Ed25519.
     *
     * @throws CryptoProviderException if a forged signature is accepted, a genuine one refused, or an algorithm missing
     */
    public static void run() throws CryptoProviderException {
        new SignatureSelfTest(SignatureSelfTest::verify).test();
    }

    void test() throws CryptoProviderException {
        AlgorithmParameterSpec p256 = new ECGenParameterSpec("secp256r1");
        test("SHA256withECDSA", "EC", p256, DER_ZEROS);
        test("SHA256withECDSAinP1363Format", "EC", p256, ZEROS);
        test("Ed25519", "Ed25519", NamedParameterSpec.ED25519, ZEROS);
    }

    private void test(String algorithm, String keyType, AlgorithmParameterSpec parameters, byte[] zeros)
            throws CryptoProviderException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
            generator.initialize(parameters);
            KeyPair pair = generator.generateKeyPair();
            byte[] genuine = sign(algorithm, pair);
            require(accepts(algorithm, pair, MESSAGE, genuine), algorithm, "refuses a genuine signature");
            require(
                    !accepts(algorithm, pair, OTHER_MESSAGE, genuine),
                    algorithm,
                    "accepts another message's signature");
            require(!accepts(algorithm, pair, MESSAGE, zeros), algorithm, "accepts an all-zero signature");
        } catch (GeneralSecurityException e) {
            throw new CryptoProviderException(Reason.SIGNATURES_UNSOUND, algorithm + " does not work", e);
        }
    }

    private boolean accepts(String algorithm, KeyPair pair, byte[] message, byte[] signature) {
        try {
            return verification.verify(algorithm, pair.getPublic(), message, signature);
        } catch (GeneralSecurityException e) {
            return false; // some providers refuse a malformed signature this way
        }
    }

    private static void require(boolean sound, String algorithm, String fault) throws CryptoProviderException {
        if (!sound) {
            String message = "this Java platform (" + Runtime.version() + ") " + fault + " for " + algorithm
                    + "; Java below 17.0.3 has this fault (CVE-2022-21449): upgrade it";
            throw new CryptoProviderException(Reason.SIGNATURES_UNSOUND, message, null);
        }
    }

    private static byte[] sign(String algorithm, KeyPair pair) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE);
        return signature.sign();
    }

    private static boolean verify(String algorithm, PublicKey key, byte[] message, byte[] candidate)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(key);
        signature.update(message);
        return signature.verify(candidate);
    }

    /** What is put to the test. */
    @FunctionalInterface
    interface Verification {
        boolean verify(String algorithm, PublicKey key, byte[] message, byte[] signature)
                throws GeneralSecurityException;
    }
}
