package io.coapgate.crypto.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes no global state: the provider under test is always named explicitly. */
class NativeAsymmetricProviderTest {
    private static final byte[] MESSAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private static Provider provider;

    @BeforeAll
    static void load() throws CryptoProviderException {
        provider = new NativeAsymmetricProvider(NativePlatform.wholeProviderOrSkip());
    }

    @Test
    void offersAsymmetricServicesOnly() {
        assertThat(provider.getServices())
                .extracting(Provider.Service::getType)
                .containsOnly("Signature", "KeyAgreement", "KeyPairGenerator", "KeyFactory");
        assertThat(provider.getServices())
                .extracting(Provider.Service::getType)
                .doesNotContain("Mac", "Cipher", "MessageDigest", "SecureRandom", "KeyGenerator", "SecretKeyFactory");
    }

    @Test
    void offersEveryServiceThatItLists() {
        assertThat(provider.getServices()).hasSize(2 + 2 + 1 + 12);
    }

    static Stream<Arguments> signatureAlgorithms() {
        return Stream.of(
                Arguments.of("SHA256withECDSA", "EC", "secp256r1"),
                Arguments.of("SHA384withECDSA", "EC", "secp384r1"),
                Arguments.of("SHA512withECDSA", "EC", "secp521r1"),
                Arguments.of("SHA256withECDSAinP1363Format", "EC", "secp256r1"),
                Arguments.of("SHA384withECDSAinP1363Format", "EC", "secp384r1"),
                Arguments.of("SHA512withECDSAinP1363Format", "EC", "secp521r1"),
                Arguments.of("NONEwithECDSA", "EC", "secp256r1"),
                Arguments.of("Ed25519", "Ed25519", "Ed25519"),
                Arguments.of("EdDSA", "Ed25519", "Ed25519"),
                Arguments.of("SHA256withRSA", "RSA", "2048"),
                Arguments.of("SHA384withRSA", "RSA", "2048"),
                Arguments.of("SHA512withRSA", "RSA", "2048"));
    }

    @ParameterizedTest
    @MethodSource("signatureAlgorithms")
    void itsSignaturesAndTheJdksVerifyEachOther(String algorithm, String keyType, String parameters)
            throws GeneralSecurityException {
        Provider jdk = jdk("Signature", algorithm);
        for (Provider maker : List.of(jdk("KeyPairGenerator", keyType), makerOf(keyType))) {
            KeyPair pair = generate(maker, keyType, parameters);
            for (Provider signer : List.of(jdk, provider)) {
                for (Provider verifier : List.of(jdk, provider)) {
                    byte[] signature = sign(signer, algorithm, pair.getPrivate());
                    assertThat(verifies(verifier, algorithm, pair.getPublic(), signature))
                            .as("key by %s, signed by %s, verified by %s", maker, signer, verifier)
                            .isTrue();
                    signature[signature.length - 1] ^= 1;
                    assertThat(verifies(verifier, algorithm, pair.getPublic(), signature))
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("signatureAlgorithms")
    void refusesAnAllZeroSignature(String algorithm, String keyType, String parameters)
            throws GeneralSecurityException {
        KeyPair pair = generate(makerOf(keyType), keyType, parameters);
        int length = sign(provider, algorithm, pair.getPrivate()).length;

        assertThat(verifies(provider, algorithm, pair.getPublic(), new byte[length]))
                .isFalse();
        assertThat(verifies(provider, algorithm, pair.getPublic(), new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}))
                .isFalse();
        assertThat(verifies(provider, algorithm, pair.getPublic(), new byte[0])).isFalse();
    }

    @Test
    void agreesOnTheSecretThatTheJdkAgreesOn() throws GeneralSecurityException {
        Provider jdk = jdk("KeyAgreement", "ECDH");
        KeyPair ours = generate(provider, "EC", "secp256r1");
        KeyPair theirs = generate(jdk, "EC", "secp256r1");

        byte[] secret = agree(provider, ours.getPrivate(), theirs.getPublic());

        assertThat(secret).hasSize(32);
        assertThat(agree(jdk, ours.getPrivate(), theirs.getPublic())).isEqualTo(secret);
        assertThat(agree(provider, theirs.getPrivate(), ours.getPublic())).isEqualTo(secret);
        assertThat(agree(jdk, theirs.getPrivate(), ours.getPublic())).isEqualTo(secret);
    }

    @Test
    void agreesOnAPremasterSecretForTls() throws GeneralSecurityException {
        KeyPair one = generate(provider, "EC", "secp256r1");
        KeyPair other = generate(provider, "EC", "secp256r1");
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
        agreement.init(one.getPrivate());
        agreement.doPhase(other.getPublic(), true);

        assertThat(agreement.generateSecret("TlsPremasterSecret").getEncoded())
                .isEqualTo(agree(provider, other.getPrivate(), one.getPublic()));
    }

    @ParameterizedTest
    @MethodSource("signatureAlgorithms")
    void keysSurviveTheWayThroughTheOtherSidesKeyFactory(String algorithm, String keyType, String parameters)
            throws GeneralSecurityException {
        Provider jdk = jdk("KeyFactory", keyType);
        KeyPair ours = generate(makerOf(keyType), keyType, parameters);
        KeyFactory jdkFactory = KeyFactory.getInstance(keyType, jdk);
        PublicKey publicKey = jdkFactory.generatePublic(
                new X509EncodedKeySpec(ours.getPublic().getEncoded()));
        PrivateKey privateKey = jdkFactory.generatePrivate(
                new PKCS8EncodedKeySpec(ours.getPrivate().getEncoded()));

        assertThat(publicKey).isEqualTo(ours.getPublic());
        assertThat(ours.getPublic()).isEqualTo(publicKey);
        assertThat(verifies(
                        provider,
                        algorithm,
                        ours.getPublic(),
                        sign(jdk("Signature", algorithm), algorithm, privateKey)))
                .isTrue();
    }

    @Test
    void itsKeysHaveTheStandardInterfaces() throws GeneralSecurityException {
        KeyPair pair = generate(provider, "EC", "secp256r1");

        assertThat(pair.getPublic()).isInstanceOf(ECPublicKey.class);
        assertThat(pair.getPrivate()).isInstanceOf(ECPrivateKey.class);
    }

    @Test
    void leavesEd25519KeyPairsToTheJdkWhoseGeneratorCanBeInitialized() throws CryptoProviderException {
        Provider whole = NativePlatform.wholeProviderOrSkip();

        assertThat(provider.getService("KeyPairGenerator", "Ed25519")).isNull();
        assertThat(catchThrowable(
                        () -> KeyPairGenerator.getInstance("Ed25519", whole).initialize(NamedParameterSpec.ED25519)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void itsKeyFactoryRefusesAPointOffTheCurve() throws GeneralSecurityException {
        byte[] encoded = generate(provider, "EC", "secp256r1").getPublic().getEncoded();
        encoded[encoded.length - 1] ^= 1;
        KeyFactory factory = KeyFactory.getInstance("EC", provider);

        assertThat(catchThrowable(() -> factory.generatePublic(new X509EncodedKeySpec(encoded))))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void itsPrivateKeysDoNotShowThemselves() throws GeneralSecurityException {
        ECPrivateKey key = (ECPrivateKey) generate(provider, "EC", "secp256r1").getPrivate();

        assertThat(key.toString())
                .doesNotContain(key.getS().toString())
                .doesNotContainIgnoringCase(key.getS().toString(16));
    }

    private static Provider makerOf(String keyType) {
        return provider.getService("KeyPairGenerator", keyType) != null ? provider : jdk("KeyPairGenerator", keyType);
    }

    private static Provider jdk(String type, String algorithm) {
        return Arrays.stream(Security.getProviders(type + "." + algorithm))
                .filter(candidate -> candidate.getName().startsWith("Sun"))
                .findFirst()
                .orElseThrow();
    }

    private static KeyPair generate(Provider maker, String keyType, String parameters) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType, maker);
        if (keyType.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(parameters));
        } else if (keyType.equals("RSA")) {
            generator.initialize(Integer.parseInt(parameters));
        }
        return generator.generateKeyPair();
    }

    private static byte[] sign(Provider signer, String algorithm, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, signer);
        signature.initSign(key);
        signature.update(MESSAGE);
        return signature.sign();
    }

    private static boolean verifies(Provider verifier, String algorithm, PublicKey key, byte[] candidate)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, verifier);
        signature.initVerify(key);
        signature.update(MESSAGE);
        try {
            return signature.verify(candidate);
        } catch (SignatureException e) {
            return false;
        }
    }

    private static byte[] agree(Provider agreeing, PrivateKey key, PublicKey peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", agreeing);
        agreement.init(key);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }
}
