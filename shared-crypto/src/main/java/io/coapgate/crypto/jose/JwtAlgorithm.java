package io.coapgate.crypto.jose;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SignatureMaker;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Optional;

/**
 * The signature algorithms of the JWTs that this product issues and accepts: nothing symmetric, and not {@code none}.
 *
 * <p>Each constant names one JWS algorithm (RFC 7518 §3.1, RFC 8037 §3.1) and the JCA signature that computes it
 * byte for byte, so that no encoding is changed on the way: ES256 is JCA's ECDSA in IEEE P1363 form, which is the form of
 * RFC 7518 §3.4.
 */
public enum JwtAlgorithm {
    /** ECDSA on P-256 with SHA-256. */
    ES256("ES256", "SHA256withECDSAinP1363Format", "EC", new ECGenParameterSpec("secp256r1")),
    /** Ed25519, named {@code EdDSA} as in RFC 8037; its newer name {@code Ed25519} (RFC 9864) is read too. */
    EDDSA("EdDSA", "Ed25519", "Ed25519", NamedParameterSpec.ED25519),
    /** RSASSA-PKCS1-v1_5 with SHA-256, for services that know nothing younger. */
    RS256("RS256", "SHA256withRSA", "RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4));

    private static final String FULLY_SPECIFIED_ED25519 = "Ed25519";

    private final String jwsName;
    private final String jcaSignature;
    private final String jcaKey;
    /** One of the JDK's own specs, all of which are immutable. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final AlgorithmParameterSpec keyParameters;

    JwtAlgorithm(String jwsName, String jcaSignature, String jcaKey, AlgorithmParameterSpec keyParameters) {
        this.jwsName = jwsName;
        this.jcaSignature = jcaSignature;
        this.jcaKey = jcaKey;
        this.keyParameters = keyParameters;
    }

    /** The value of the {@code alg} header parameter. */
    public String jwsName() {
        return jwsName;
    }

    /** The algorithm of that {@code alg} value, compared case-sensitively (RFC 7515 §4.1.1); empty if it is not one of these. */
    public static Optional<JwtAlgorithm> ofJwsName(String name) {
        requireNonNull(name, "name");
        if (name.equals(FULLY_SPECIFIED_ED25519)) {
            return Optional.of(EDDSA);
        }
        for (JwtAlgorithm algorithm : values()) {
            if (algorithm.jwsName.equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    KeyPair generateKeyPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(jcaKey);
            generator.initialize(keyParameters, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("this Java platform cannot make keys for " + jwsName, e);
        }
    }

    byte[] sign(PrivateKey key, byte[] input) throws GeneralSecurityException {
        return signer(key).sign(input);
    }

    /** For signing more than once. */
    SignatureMaker signer(PrivateKey key) {
        return new SignatureMaker(jcaSignature, key);
    }

    /** Whether the signature is this key's over this input; a malformed signature is no signature. */
    boolean verify(PublicKey key, byte[] input, byte[] candidate) {
        try {
            Signature signature = Signature.getInstance(jcaSignature);
            signature.initVerify(key);
            signature.update(input);
            return signature.verify(candidate);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
