package io.coapgate.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.key.KeyFormatException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    @Nested
    class WrittenByOpenssl {

        @ParameterizedTest
        @CsvSource({
            "ec-sec1.pem, ec-public.pem, SHA256withECDSA",
            "ec-pkcs8.pem, ec-public.pem, SHA256withECDSA",
            "ec-sec1-no-public.pem, ec-public.pem, SHA256withECDSA",
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
            for (String name : new String[] {"ec-public.pem", "ed25519-public.pem", "rsa-public.pem"}) {
                assertThat(Pem.encode(Pem.publicKey(file(name)))).isEqualTo(file(name));
            }
        }

        @Test
        void sec1IsWrittenJustLikeOpensslDoes() throws Exception {
            String withParameters = file("ec-sec1.pem");
            String keyOnly = withParameters.substring(withParameters.indexOf("-----BEGIN EC PRIVATE KEY"));
            assertThat(Pem.encodeSec1(Pem.keyPair(withParameters))).isEqualTo(keyOnly);
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
        void writesOnlyP256AsSec1() throws Exception {
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
