package io.coapgate.crypto.jca;

import static io.coapgate.crypto.TestVectors.hex;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdDSAParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes no global state: the provider under test is always named explicitly. What forgers try is in Ed25519ForgeryTest. */
class Ed25519SignatureTest {

    private static final Provider OURS = new Ed25519Provider();
    private static final String JDK = "SunEC";
    private static final byte[] MESSAGE = "message".getBytes(US_ASCII);

    private KeyPair pair;

    @BeforeEach
    void generate() throws GeneralSecurityException {
        pair = KeyPairGenerator.getInstance("Ed25519", JDK).generateKeyPair();
    }

    record Vector(String name, String secretKey, String publicKey, String message, String signature) {
        static Stream<Vector> all() throws IOException {
            try (InputStream in =
                    Objects.requireNonNull(Ed25519SignatureTest.class.getResourceAsStream("rfc8032-ed25519.tsv"))) {
                return new String(in.readAllBytes(), US_ASCII)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("\t", -1))
                        .map(cells -> new Vector(cells[0], cells[1], cells[2], cells[3], cells[4]));
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        return Vector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void makesAndVerifiesTheSignaturesOfRfc8032(Vector vector) throws GeneralSecurityException, KeyFormatException {
        PrivateKey privateKey = Ed25519.privateKey(hex(vector.secretKey()));
        PublicKey publicKey = Ed25519.publicKey(hex(vector.publicKey()));

        for (String name : List.of("Ed25519", "EdDSA", "1.3.101.112", "OID.1.3.101.112")) {
            assertThat(hex(sign(OURS, name, privateKey, hex(vector.message())))).isEqualTo(vector.signature());
            assertThat(verify(OURS, name, publicKey, hex(vector.message()), hex(vector.signature())))
                    .isTrue();
        }
    }

    @Test
    void signsAsTheJdkDoesByteForByteAndTheTwoVerifyEachOther() throws GeneralSecurityException, KeyFormatException {
        Random random = new Random(8032);
        Provider jdk = Signature.getInstance("Ed25519", JDK).getProvider();
        for (int i = 0; i < 200; i++) {
            byte[] seed = bytes(random, Ed25519.KEY_BYTES);
            byte[] message = bytes(random, random.nextInt(400));
            KeyPair keys = Ed25519.keyPair(Ed25519.privateKey(seed));

            byte[] signature = sign(OURS, "Ed25519", keys.getPrivate(), message);

            assertThat(signature).isEqualTo(sign(jdk, "Ed25519", keys.getPrivate(), message));
            assertThat(verify(OURS, "Ed25519", keys.getPublic(), message, signature))
                    .isTrue();
            assertThat(verify(jdk, "Ed25519", keys.getPublic(), message, signature))
                    .isTrue();
        }
    }

    @Test
    void takesTheJdksKeys() {
        assertThat(pair.getPrivate()).isInstanceOf(EdECPrivateKey.class);
        assertThat(pair.getPublic()).isInstanceOf(EdECPublicKey.class);
        for (Provider.Service service : OURS.getServices()) {
            assertThat(service.supportsParameter(pair.getPrivate())).isTrue();
            assertThat(service.supportsParameter(pair.getPublic())).isTrue();
        }
    }

    @Test
    void leavesOtherKeysAlone() throws GeneralSecurityException {
        KeyPair ed448 = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        KeyPair ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
        for (Provider.Service service : OURS.getServices()) {
            assertThat(service.supportsParameter("a key")).isFalse();
            assertThat(service.supportsParameter(null)).isFalse();
        }
        for (KeyPair other : List.of(ed448, ec)) {
            for (Provider.Service service : OURS.getServices()) {
                assertThat(service.supportsParameter(other.getPublic())).isFalse();
                assertThat(service.supportsParameter(other.getPrivate())).isFalse();
            }
            Signature signature = Signature.getInstance("EdDSA", OURS);
            assertThatExceptionOfType(InvalidKeyException.class)
                    .isThrownBy(() -> signature.initVerify(other.getPublic()));
            assertThatExceptionOfType(InvalidKeyException.class)
                    .isThrownBy(() -> signature.initSign(other.getPrivate()));
        }
        Signature signature = Signature.getInstance("EdDSA", OURS);
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> signature.initSign(null));
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> signature.initVerify((PublicKey) null));
    }

    @Test
    void theMessageMayComeInPieces() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519", OURS);
        signature.initSign(pair.getPrivate());
        signature.update((byte) 'm');
        signature.update(MESSAGE, 1, 2);
        signature.update(ByteBuffer.wrap(MESSAGE, 3, MESSAGE.length - 3));

        assertThat(signature.sign()).isEqualTo(sign(OURS, "Ed25519", pair.getPrivate(), MESSAGE));
    }

    @Test
    void isReadyForTheNextMessageWhateverBecameOfTheLast() throws GeneralSecurityException {
        byte[] genuine = sign(OURS, "Ed25519", pair.getPrivate(), MESSAGE);
        Signature signature = Signature.getInstance("Ed25519", OURS);
        signature.initVerify(pair.getPublic());
        signature.update("another".getBytes(US_ASCII));
        assertThat(signature.verify(genuine)).isFalse();
        signature.update(MESSAGE);
        assertThat(signature.verify(genuine)).isTrue();
        signature.update(MESSAGE);
        assertThatExceptionOfType(SignatureException.class).isThrownBy(() -> signature.verify(new byte[1]));
        signature.update(MESSAGE);
        assertThat(signature.verify(genuine)).isTrue();
        signature.update(MESSAGE);
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE);
        assertThat(signature.sign()).isEqualTo(genuine);
        signature.update(MESSAGE);
        assertThat(signature.sign()).isEqualTo(genuine);
    }

    @Test
    void anInstanceWithoutAKeyDoesNothing() {
        Ed25519Signature bare = new Ed25519Signature();
        assertThatExceptionOfType(SignatureException.class).isThrownBy(bare::engineSign);
        assertThatExceptionOfType(SignatureException.class).isThrownBy(() -> bare.engineVerify(new byte[64]));
    }

    @Test
    void afterInitializingForVerificationItDoesNotSign() throws GeneralSecurityException {
        Ed25519Signature bare = new Ed25519Signature();
        bare.engineInitSign(pair.getPrivate());
        bare.engineInitVerify(pair.getPublic());
        assertThatExceptionOfType(SignatureException.class).isThrownBy(bare::engineSign);
        bare.engineInitSign(pair.getPrivate());
        assertThatExceptionOfType(SignatureException.class).isThrownBy(() -> bare.engineVerify(new byte[64]));
    }

    @Test
    void hasNoParameters() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519", OURS);
        signature.setParameter(null);
        assertThat(signature.getParameters()).isNull();
        assertThatExceptionOfType(InvalidAlgorithmParameterException.class)
                .isThrownBy(() -> signature.setParameter(new EdDSAParameterSpec(true)));
        assertThatExceptionOfType(InvalidAlgorithmParameterException.class)
                .isThrownBy(() -> signature.setParameter(new EdDSAParameterSpec(false, MESSAGE)));
    }

    @Test
    @SuppressWarnings("deprecation")
    void hasNoParametersOfTheOldKindEither() {
        Ed25519Signature bare = new Ed25519Signature();
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> bare.engineSetParameter("context", MESSAGE));
        assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> bare.engineGetParameter("context"));
    }

    @Test
    void threadsEachWithAnInstanceOfItsOwnDoNotDisturbOneAnother() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> verified = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                byte[] message = {(byte) i};
                verified.add(threads.submit(() -> verify(
                        OURS,
                        "Ed25519",
                        pair.getPublic(),
                        message,
                        sign(OURS, "Ed25519", pair.getPrivate(), message))));
            }
            for (Future<Boolean> one : verified) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aDestroyedSignerHoldsNothingOfTheSeed() throws KeyFormatException {
        byte[] seed = Ed25519.seed(pair.getPrivate());
        Ed25519Signer signer = new Ed25519Signer(seed);
        signer.destroy();
        assertThat(seed).containsOnly(0);
        assertThat(Arrays.equals(Ed25519.seed(pair.getPrivate()), seed)).isFalse();
    }

    private static byte[] sign(Provider provider, String name, PrivateKey key, byte[] message)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name, provider);
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    private static boolean verify(Provider provider, String name, PublicKey key, byte[] message, byte[] candidate)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name, provider);
        signature.initVerify(key);
        signature.update(message);
        return signature.verify(candidate);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
