package io.coapgate.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.key.KeyFormatException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    @Nested
    class WrittenByOpenssl {

        @ParameterizedTest
        @CsvSource({
            "ec-sec1.pem, ec-public.pem, SHA256withECDSA",
            "ec-pkcs8.pem, ec-public.pem, SHA256withECDSA",
            "ec-sec1-no-public.pem, ec-public.pem, SHA256withECDSA",
            "p384-sec1.pem, p384-public.pem, SHA384withECDSA",
            "p384-pkcs8.pem, p384-public.pem, SHA384withECDSA",
            "p521-sec1.pem, p521-public.pem, SHA512withECDSA",
            "p521-pkcs8.pem, p521-public.pem, SHA512withECDSA",
            "ed25519-pkcs8.pem, ed25519-public.pem, Ed25519",
            "rsa-pkcs8.pem, rsa-public.pem, SHA256withRSA"
        })
        void privateKeysYieldTheirPublicKeys(String privateFile, String publicFile, String algorithm) throws Exception {
            KeyPair pair = Pem.keyPair(file(privateFile));
            PublicKey publicKey = Pem.publicKey(file(publicFile));
            assertThat(pair.getPublic().getEncoded()).isEqualTo(publicKey.getEncoded());
            assertThat(signs(algorithm, pair.getPrivate(), publicKey)).isTrue();
        }

        @Test
        void publicKeysAreWrittenJustLikeOpensslDoes() throws Exception {
            for (String key : new String[] {"ec", "p384", "p521", "ed25519", "rsa"}) {
                String written = file(key + "-public.pem");
                assertThat(Pem.encode(Pem.publicKey(written))).isEqualTo(written);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ec-sec1.pem", "p384-sec1.pem", "p521-sec1.pem"})
        void sec1IsWrittenJustLikeOpensslDoes(String name) throws Exception {
            String withParameters = file(name);
            String keyOnly = withParameters.substring(withParameters.indexOf("-----BEGIN EC PRIVATE KEY"));
            assertThat(Pem.encodeSec1(Pem.keyPair(withParameters))).isEqualTo(keyOnly);
        }

        @ParameterizedTest
        @ValueSource(strings = {"p384", "p521"})
        void pointsMayBeCompressed(String key) throws Exception {
            assertThat(Pem.publicKey(file(key + "-public-compressed.pem")).getEncoded())
                    .isEqualTo(Pem.publicKey(file(key + "-public.pem")).getEncoded());
        }

        @Test
        void certificateChainsKeepTheirOrder() throws Exception {
            assertThat(Pem.certificates(file("chain.pem")))
                    .extracting(
                            certificate -> certificate.getSubjectX500Principal().getName())
                    .containsExactly("CN=device-1", "CN=ca");
        }

        @Test
        void certificatesRoundTrip() throws Exception {
            var certificate = Pem.certificates(file("chain.pem")).get(0);
            assertThat(Pem.certificates(Pem.encode(certificate))).containsExactly(certificate);
        }

        @Test
        void oneFileMayHoldKeyAndCertificates() throws Exception {
            String both = file("chain.pem") + file("ec-sec1.pem");
            assertThat(Pem.certificates(both)).hasSize(2);
            assertThat(Pem.keyPair(both).getPublic().getEncoded())
                    .isEqualTo(Pem.publicKey(file("ec-public.pem")).getEncoded());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "Ed25519", "RSA"})
    void freshKeysRoundTrip(String algorithm) throws Exception {
        KeyPair pair = generate(algorithm);
        KeyPair read = Pem.keyPair(Pem.encode(pair.getPrivate()));
        assertThat(read.getPublic().getEncoded()).isEqualTo(pair.getPublic().getEncoded());
        assertThat(Pem.publicKey(Pem.encode(pair.getPublic())).getEncoded())
                .isEqualTo(pair.getPublic().getEncoded());
    }

    @ParameterizedTest
    @EnumSource
    void freshKeysRoundTripAsSec1(EcCurve curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp" + curve.nistName().substring(2) + "r1"));
        KeyPair pair = generator.generateKeyPair();
        KeyPair read = Pem.keyPair(Pem.encodeSec1(pair));
        assertThat(read.getPublic().getEncoded()).isEqualTo(pair.getPublic().getEncoded());
        assertThat(curve.scalar((ECPrivateKey) read.getPrivate()))
                .isEqualTo(curve.scalar((ECPrivateKey) pair.getPrivate()));
        assertThat(Pem.keyPair(Pem.encode(pair.getPrivate())).getPublic().getEncoded())
                .isEqualTo(pair.getPublic().getEncoded());
    }

    @Test
    void windowsLineEndingsAndCommentsDoNotMatter() throws Exception {
        String pem = "Device 7, do not lose\r\n" + file("ec-public.pem").replace("\n", "\r\n");
        assertThat(Pem.publicKey(pem).getEncoded())
                .isEqualTo(Pem.publicKey(file("ec-public.pem")).getEncoded());
    }

    @Nested
    class Refusals {

        @Test
        void namesWhatIsMissingOrAmbiguous() {
            assertReason(Reason.MISSING_KEY, () -> Pem.publicKey(file("ec-sec1.pem")));
            assertReason(Reason.MISSING_KEY, () -> Pem.keyPair("no key here"));
            assertReason(Reason.MISSING_KEY, () -> Pem.certificates(file("ec-public.pem")));
            assertReason(Reason.AMBIGUOUS, () -> Pem.publicKey(file("ec-public.pem") + file("rsa-public.pem")));
            assertReason(Reason.AMBIGUOUS, () -> Pem.keyPair(file("ec-pkcs8.pem") + file("ec-sec1.pem")));
        }

        @Test
        void refusesEncryptedKeysAsMissing() {
            assertReason(Reason.MISSING_KEY, () -> Pem.keyPair(block("ENCRYPTED PRIVATE KEY", "MAA=")));
        }

        @Test
        void refusesOtherCurvesAndSmallRsa() {
            assertReason(Reason.UNSUPPORTED, () -> Pem.publicKey(file("secp256k1-public.pem")));
            assertReason(Reason.UNSUPPORTED, () -> Pem.publicKey(file("rsa-1024-public.pem")));
        }

        @Test
        void refusesBrokenArmour() {
            assertReason(Reason.NOT_PEM, () -> Pem.publicKey("-----BEGIN PUBLIC KEY"));
            assertReason(Reason.NOT_PEM, () -> Pem.publicKey("-----BEGIN PUBLIC KEY-----\nMAA=\n"));
            assertReason(Reason.NOT_PEM, () -> Pem.publicKey(block("PUBLIC KEY", "MA!A")));
        }

        @Test
        void refusesTooMuchText() {
            assertReason(Reason.TOO_LARGE, () -> Pem.publicKey(" ".repeat(256 * 1024) + file("ec-public.pem")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"MAA=", "AAAA", "MIIBIjAN", "MIAAAA==", "MAMCAQA="})
        void refusesGarbageInsideTheArmour(String base64) {
            assertReason(Reason.MALFORMED, () -> Pem.publicKey(block("PUBLIC KEY", base64)));
            assertReason(Reason.MALFORMED, () -> Pem.keyPair(block("PRIVATE KEY", base64)));
            assertReason(Reason.MALFORMED, () -> Pem.keyPair(block("EC PRIVATE KEY", base64)));
        }

        @Test
        void refusesAnEcKeyWithThePublicPointOfAnother() throws Exception {
            KeyPair one = generate("EC");
            KeyPair other = generate("EC");
            String mixed = Pem.encodeSec1(new KeyPair(other.getPublic(), one.getPrivate()));
            assertReason(Reason.INVALID_POINT, () -> Pem.keyPair(mixed));
        }

        @Test
        void writesOnlyEcKeysAsSec1() throws Exception {
            KeyPair ed25519 = generate("Ed25519");
            assertReason(Reason.UNSUPPORTED, () -> Pem.encodeSec1(ed25519));
        }

        @Test
        void messagesNeverRepeatTheKey() {
            String canary = "Q0FOQVJZ!CANARY";
            assertThatThrownBy(() -> Pem.keyPair(block("PRIVATE KEY", canary)))
                    .isInstanceOf(KeyFormatException.class)
                    .hasMessageNotContaining("CANARY")
                    .hasMessageNotContaining("Q0FO")
                    .hasNoCause();
        }
    }

    /** Structures that OpenSSL does not write, made by hand. */
    @Nested
    class CurveNames {

        private final byte[] p256 = oid(EcCurve.P_256);
        private final byte[] p384 = oid(EcCurve.P_384);

        @Test
        void sec1AloneMustHaveOne() {
            assertReason(Reason.MALFORMED, () -> Pem.keyPair(block("EC PRIVATE KEY", sec1(32))));
            assertReason(Reason.UNSUPPORTED, () -> Pem.keyPair(block("EC PRIVATE KEY", sec1(32, oidOfSecp256k1()))));
        }

        @Test
        void sec1InsidePkcs8NeedsNone() throws Exception {
            KeyPair pair = Pem.keyPair(block("PRIVATE KEY", pkcs8(p384, sec1(48))));
            assertThat(EcCurve.of(pair.getPublic())).contains(EcCurve.P_384);
            assertThat(Pem.keyPair(block("PRIVATE KEY", pkcs8(p384, sec1(48, p384))))
                            .getPublic())
                    .isEqualTo(pair.getPublic());
        }

        @Test
        void inAndAroundTheKeyMustBeTheSame() {
            assertReason(Reason.MALFORMED, () -> Pem.keyPair(block("PRIVATE KEY", pkcs8(p256, sec1(32, p384)))));
            assertReason(Reason.MALFORMED, () -> Pem.keyPair(block("PRIVATE KEY", pkcs8(p384, sec1(48, p256)))));
        }

        @Test
        void tellTheLengthOfTheScalar() {
            assertReason(Reason.MALFORMED, () -> Pem.keyPair(block("EC PRIVATE KEY", sec1(32, p384))));
            assertReason(Reason.MALFORMED, () -> Pem.keyPair(block("EC PRIVATE KEY", sec1(48, p256))));
            assertReason(Reason.MALFORMED, () -> Pem.keyPair(block("PRIVATE KEY", pkcs8(p384, sec1(32)))));
        }

        private byte[] oid(EcCurve curve) {
            return DerWriter.element(DerReader.OBJECT_IDENTIFIER, curve.objectIdentifier());
        }

        private byte[] oidOfSecp256k1() {
            return DerWriter.objectIdentifier("2b8104000a");
        }

        private byte[] sec1(int length, byte[]... curve) {
            byte[] scalar = new byte[length];
            scalar[length - 1] = 7;
            byte[] version = DerWriter.integer(BigInteger.ONE);
            byte[] key = DerWriter.octetString(scalar);
            return curve.length == 0
                    ? DerWriter.sequence(version, key)
                    : DerWriter.sequence(version, key, DerWriter.element(0xa0, curve));
        }

        private byte[] pkcs8(byte[] curve, byte[] sec1) {
            byte[] algorithm = DerWriter.sequence(DerWriter.objectIdentifier("2a8648ce3d0201"), curve);
            return DerWriter.sequence(DerWriter.integer(BigInteger.ZERO), algorithm, DerWriter.octetString(sec1));
        }

        private String block(String label, byte[] der) {
            return PemTest.block(label, Base64.getMimeEncoder().encodeToString(der));
        }
    }

    private static String block(String label, String base64) {
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static KeyPair generate(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }

    private static boolean signs(String algorithm, PrivateKey privateKey, PublicKey publicKey) throws Exception {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update((byte) 1);
        return signature.verify(signed);
    }

    private static String file(String name) {
        try (InputStream in = PemTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
