package io.coapgate.crypto.fuzz;

import static io.coapgate.crypto.TestVectors.hex;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.key.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.EnumMap;
import java.util.Map;

/** One key for each algorithm, made once, as thousands of inputs a second use it. */
final class FuzzKeys {

    private static final SecretBytes SECRET = SecretBytes.copyOf(hex("5c".repeat(64)));
    private static final Map<CoseAlgorithm, SigningKey> SIGNING = new EnumMap<>(CoseAlgorithm.class);
    private static final Map<CoseAlgorithm, VerificationKey> VERIFICATION = new EnumMap<>(CoseAlgorithm.class);
    private static final Map<CoseAlgorithm, DecryptionKey> DECRYPTION = new EnumMap<>(CoseAlgorithm.class);

    static {
        try {
            for (CoseAlgorithm algorithm : CoseAlgorithm.values()) {
                if (algorithm.kind() == CoseAlgorithm.Kind.ENCRYPTION) {
                    SecretBytes secret = SecretBytes.copyOf(hex("5c".repeat(algorithm.keyLength())));
                    DECRYPTION.put(algorithm, DecryptionKey.of(algorithm, secret));
                } else {
                    generate(algorithm);
                }
            }
        } catch (GeneralSecurityException | CoseException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private FuzzKeys() {}

    static SigningKey signing(CoseAlgorithm algorithm) {
        return SIGNING.get(algorithm);
    }

    static VerificationKey verification(CoseAlgorithm algorithm) {
        return VERIFICATION.get(algorithm);
    }

    static DecryptionKey decryption(CoseAlgorithm algorithm) {
        return DECRYPTION.get(algorithm);
    }

    private static void generate(CoseAlgorithm algorithm) throws GeneralSecurityException, CoseException {
        if (algorithm.kind() == CoseAlgorithm.Kind.MAC) {
            SIGNING.put(algorithm, SigningKey.of(algorithm, SECRET));
            VERIFICATION.put(algorithm, VerificationKey.of(algorithm, SECRET));
            return;
        }
        KeyPair pair = pair(algorithm.name());
        SIGNING.put(algorithm, SigningKey.of(algorithm, pair.getPrivate()));
        VERIFICATION.put(algorithm, VerificationKey.of(algorithm, pair.getPublic()));
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.equals("EDDSA") ? "Ed25519" : "EC");
        switch (algorithm) {
            case "ES256" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case "ES384" -> generator.initialize(new ECGenParameterSpec("secp384r1"));
            case "ES512" -> generator.initialize(new ECGenParameterSpec("secp521r1"));
            default -> {}
        }
        return generator.generateKeyPair();
    }
}
