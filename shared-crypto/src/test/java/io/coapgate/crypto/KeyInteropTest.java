package io.coapgate.crypto;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.jose.JwkReader;
import io.coapgate.crypto.jose.PublicJwk;
import io.coapgate.crypto.key.CertificateBuilder;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.Thumbprint;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Keys and certificates go from {@code openssl} and {@code keytool} to us and from us to them, and stay what they are. */
class KeyInteropTest {

    /** The kinds of keys that are read; a further curve is a further line. */
    enum Kind {
        P_256("EC -pkeyopt ec_paramgen_curve:P-256", "EC -groupname secp256r1", "EC", "secp256r1"),
        P_384("EC -pkeyopt ec_paramgen_curve:P-384", "EC -groupname secp384r1", "EC", "secp384r1"),
        P_521("EC -pkeyopt ec_paramgen_curve:P-521", "EC -groupname secp521r1", "EC", "secp521r1"),
        ED25519("ED25519", "Ed25519", "Ed25519", null),
        RSA("RSA -pkeyopt rsa_keygen_bits:2048", "RSA -keysize 2048", "RSA", null);

        private final String openssl;
        private final String keytool;
        private final String jca;
        private final String curve;

        Kind(String openssl, String keytool, String jca, String curve) {
            this.openssl = openssl;
            this.keytool = keytool;
            this.jca = jca;
            this.curve = curve;
        }

        KeyPair generate() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(jca);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        }

        boolean hasSec1Form() {
            return curve != null;
        }
    }

    @TempDir
    Path directory;

    private CommandLine shell;

    @BeforeEach
    void openTheDirectory() {
        shell = new CommandLine(directory);
    }

    @Nested
    class Openssl {

        @BeforeEach
        void isInstalled() {
            CommandLine.require("openssl");
        }

        @ParameterizedTest
        @EnumSource
        void writesKeysThatWeRead(Kind kind) throws Exception {
            String publicPem = generateByOpenssl(kind);
            KeyPair pair = Pem.keyPair(shell.read("key.pem"));
            assertThat(Pem.encode(pair.getPublic())).isEqualTo(publicPem);
            assertThat(Pem.encode(Pem.publicKey(publicPem))).isEqualTo(publicPem);
            if (kind.hasSec1Form()) {
                shell.run("openssl ec -in key.pem -out sec1.pem");
                assertThat(shell.read("sec1.pem")).contains("BEGIN EC PRIVATE KEY");
                assertThat(Pem.encode(Pem.keyPair(shell.read("sec1.pem")).getPublic()))
                        .isEqualTo(publicPem);
            }
        }

        @ParameterizedTest
        @EnumSource
        void readsKeysThatWeWrite(Kind kind) throws Exception {
            KeyPair pair = kind.generate();
            shell.write("ours.pem", Pem.encode(pair.getPrivate()));
            shell.write("ours-public.pem", Pem.encode(pair.getPublic()));
            shell.run("openssl pkey -in ours.pem -check -noout");
            assertThat(shell.run("openssl pkey -in ours.pem -pubout")).isEqualTo(Pem.encode(pair.getPublic()));
            assertThat(shell.run("openssl pkey -pubin -in ours-public.pem -pubout"))
                    .isEqualTo(Pem.encode(pair.getPublic()));
            if (kind.hasSec1Form()) {
                shell.write("sec1.pem", Pem.encodeSec1(pair));
                assertThat(shell.run("openssl pkey -in sec1.pem -pubout")).isEqualTo(Pem.encode(pair.getPublic()));
            }
        }

        @ParameterizedTest
        @EnumSource(
                mode = Mode.EXCLUDE,
                names = {"P_384", "P_521"}) // no JWT algorithm here has them
        void seesTheKeyThatWentThroughAJwk(Kind kind) throws Exception {
            String publicPem = generateByOpenssl(kind);
            String jwk = PublicJwk.of(Pem.publicKey(publicPem)).toJson();
            assertThat(Pem.encode(JwkReader.publicKey(jwk))).isEqualTo(publicPem);
        }

        @ParameterizedTest
        @EnumSource(mode = Mode.EXCLUDE, names = "RSA")
        void seesTheKeyThatWentThroughACoseKey(Kind kind) throws Exception {
            String publicPem = generateByOpenssl(kind);
            byte[] coseKey = CoseKey.ofPublicKey(Pem.publicKey(publicPem)).encode();
            assertThat(Pem.encode(CoseKey.decode(coseKey).publicKey().orElseThrow()))
                    .isEqualTo(publicPem);
        }

        @ParameterizedTest
        @EnumSource
        void hashesTheSameSubjectPublicKeyInfo(Kind kind) throws Exception {
            String publicPem = generateByOpenssl(kind);
            shell.run("openssl pkey -in key.pem -pubout -outform DER -out public.der");
            assertThat(shell.run("openssl dgst -sha256 -r public.der"))
                    .startsWith(hex(Thumbprint.ofSubjectPublicKeyInfo(Pem.publicKey(publicPem))
                            .bytes()));
        }

        @ParameterizedTest
        @EnumSource
        void writesEncryptedKeysThatWeDoNotMistakeForKeys(Kind kind) throws Exception {
            generateByOpenssl(kind);
            shell.run("openssl pkey -in key.pem -aes128 -passout pass:secret -out encrypted.pem");
            String encrypted = shell.read("encrypted.pem");
            assertThatThrownBy(() -> Pem.keyPair(encrypted))
                    .isInstanceOfSatisfying(
                            KeyFormatException.class,
                            e -> assertThat(e.reason()).isEqualTo(KeyFormatException.Reason.MISSING_KEY));
        }

        @ParameterizedTest
        @EnumSource
        void issuesCertificatesThatWeRead(Kind kind) throws Exception {
            String publicPem = generateByOpenssl(kind);
            shell.run("openssl req -x509 -new -key key.pem -subj /CN=device-7 -days 2 -out certificate.pem");
            List<X509Certificate> read = Pem.certificates(shell.read("certificate.pem"));
            assertThat(read).hasSize(1);
            assertThat(Pem.encode(read.get(0).getPublicKey())).isEqualTo(publicPem);
            assertThat(Pem.encode(read.get(0))).isEqualTo(shell.read("certificate.pem"));
        }

        @ParameterizedTest
        @EnumSource(mode = Mode.EXCLUDE, names = "RSA")
        void verifiesCertificatesThatWeIssue(Kind kind) throws Exception {
            KeyPair authority = kind.generate();
            KeyPair device = kind.generate();
            X509Certificate root = certificate(authority, "ca").authority().selfSigned(authority.getPrivate());
            X509Certificate leaf =
                    certificate(device, "device-7").clientAuthentication().signedBy(root, authority.getPrivate());
            shell.write("ca.pem", Pem.encode(root));
            shell.write("device.pem", Pem.encode(leaf));
            assertThat(shell.run("openssl verify -x509_strict -purpose sslclient -CAfile ca.pem device.pem"))
                    .contains("device.pem: OK");
            assertThat(shell.run("openssl x509 -in device.pem -noout -pubkey"))
                    .isEqualTo(Pem.encode(device.getPublic()));
        }

        private String generateByOpenssl(Kind kind) throws Exception {
            shell.run("openssl genpkey -algorithm " + kind.openssl + " -out key.pem");
            return shell.run("openssl pkey -in key.pem -pubout");
        }
    }

    @Nested
    class Keytool {

        private static final String STORE = " -keystore store.p12 -storetype PKCS12 -storepass changeit";

        @BeforeEach
        void isInstalled() {
            CommandLine.require("keytool");
        }

        @ParameterizedTest
        @EnumSource
        void makesKeysAndCertificatesThatWeRead(Kind kind) throws Exception {
            shell.run("keytool -genkeypair -alias device -dname CN=device-7 -keyalg " + kind.keytool + STORE);
            shell.run("keytool -exportcert -rfc -alias device -file certificate.pem" + STORE);
            X509Certificate certificate =
                    Pem.certificates(shell.read("certificate.pem")).get(0);
            PrivateKey key = (PrivateKey) store().getKey("device", "changeit".toCharArray());
            assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=device-7");
            assertThat(Pem.keyPair(Pem.encode(key)).getPublic().getEncoded())
                    .isEqualTo(certificate.getPublicKey().getEncoded());
        }

        @ParameterizedTest
        @EnumSource(mode = Mode.EXCLUDE, names = "RSA")
        void importsCertificatesThatWeIssue(Kind kind) throws Exception {
            KeyPair pair = kind.generate();
            X509Certificate ours = certificate(pair, "gateway").selfSigned(pair.getPrivate());
            shell.write("ours.pem", Pem.encode(ours));
            shell.run("keytool -importcert -noprompt -alias ours -file ours.pem" + STORE);
            assertThat(store().getCertificate("ours")).isEqualTo(ours);
        }

        private KeyStore store() throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(directory.resolve("store.p12"))) {
                store.load(in, "changeit".toCharArray());
            }
            return store;
        }
    }

    private static CertificateBuilder certificate(KeyPair pair, String name) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS); // openssl compares with the time that it is
        return new CertificateBuilder(
                name, pair.getPublic(), now.minusSeconds(60), now.plusSeconds(3_600), new SecureRandom());
    }
}
