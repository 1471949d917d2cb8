package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.CertificateBuilder;
import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.upstream.TlsMaterial;
import io.coapgate.gateway.upstream.TlsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamTlsTest {
    private static final String TLS = "tls: {trust: ca.pem, certificate: client.crt.pem, private-key: client.key.pem}";

    private final Path path;
    private final ConfigDirectory directory;
    private final SecureRandom random = new SecureRandom();
    private final Instant now = Instant.now();

    UpstreamTlsTest(@TempDir Path path) throws Exception {
        this.path = path;
        this.directory = new ConfigDirectory(path);
        directory.write("ca.pem", Pem.encode(certificate("ca", pair())));
        writeClient("first");
    }

    private static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private X509Certificate certificate(String name, KeyPair pair) throws Exception {
        return new CertificateBuilder(name, pair.getPublic(), now, now.plus(Duration.ofDays(1)), random)
                .selfSigned(pair.getPrivate());
    }

    private KeyPair writeClient(String name) throws Exception {
        KeyPair pair = pair();
        directory.write("client.crt.pem", Pem.encode(certificate(name, pair)));
        Files.deleteIfExists(path.resolve("client.key.pem"));
        directory.writePrivate("client.key.pem", Pem.encode(pair.getPrivate()));
        return pair;
    }

    private static String with(String tls) {
        return ConfigDirectory.GATEWAY.replace(
                "    url: http://127.0.0.1:9000\n", "    url: https://a.example\n    " + tls + "\n");
    }

    private TlsSource source() throws Exception {
        return directory.gateway(with(TLS)).upstreams().get(0).tls();
    }

    private List<String> problems(String tls) throws Exception {
        return directory.problemsOf(() -> directory.gateway(with(tls)));
    }

    private static String subject(TlsMaterial material) {
        return material.identity()
                .map(identity ->
                        identity.chain().get(0).getSubjectX500Principal().toString())
                .orElse("");
    }

    /** The files are left alone between two looks. */
    private static Optional<TlsMaterial> change(TlsSource source) {
        assertThat(source.change()).isEmpty();
        return source.change();
    }

    @Test
    void readsAnchorsCertificateAndKey() throws Exception {
        TlsMaterial material = source().current();

        assertThat(material.trusted()).hasSize(1);
        assertThat(subject(material)).isEqualTo("CN=first");
    }

    @Test
    void isTheJdksWithoutTheSection() throws Exception {
        assertThat(directory
                        .gateway(ConfigDirectory.GATEWAY)
                        .upstreams()
                        .get(0)
                        .tls()
                        .current())
                .isEqualTo(TlsMaterial.JDK);
    }

    @Test
    void saysWhichFileIsMissing() throws Exception {
        assertThat(problems("tls: {trust: nope.pem}"))
                .containsExactly("gateway.yaml:11:11: upstreams.backend.tls.trust: nope.pem does not exist; create it,"
                        + " or correct the path");
    }

    @Test
    void saysWhatAFileLacks() throws Exception {
        assertThat(problems("tls: {trust: client.key.pem}"))
                .containsExactly("gateway.yaml:11:11: upstreams.backend.tls.trust: no CERTIFICATE block; name a PEM"
                        + " file with CERTIFICATE blocks");
    }

    @Test
    void wantsTheKeyWithTheCertificate() throws Exception {
        assertThat(problems("tls: {certificate: client.crt.pem}"))
                .containsExactly("gateway.yaml:11:5: upstreams.backend.tls.private-key: this key is missing; a client"
                        + " certificate and its private key go together");
        assertThat(problems("tls: {private-key: client.key.pem}"))
                .singleElement()
                .asString()
                .contains("tls.certificate: this key is missing");
    }

    @Test
    void refusesACertificateForAnotherKey() throws Exception {
        directory.write("client.crt.pem", Pem.encode(certificate("other", pair())));
        assertThat(problems(TLS))
                .containsExactly("gateway.yaml:11:26: upstreams.backend.tls.certificate: the first certificate is for"
                        + " another key than private-key; put the gateway's own certificate first, then its issuers");
    }

    @Test
    void refusesAKeyThatEveryUserMayRead() throws Exception {
        directory.write("open.pem", Files.readString(path.resolve("client.key.pem")));
        assertThat(problems(TLS.replace("client.key.pem", "open.pem")))
                .singleElement()
                .asString()
                .contains("open.pem holds a secret that every user may read; chmod o-r it");
    }

    @Test
    void takesOverFilesThatHaveChanged() throws Exception {
        TlsSource source = source();
        assertThat(source.change()).isEmpty();

        writeClient("second");

        assertThat(change(source)).map(UpstreamTlsTest::subject).contains("CN=second");
        assertThat(subject(source.current())).isEqualTo("CN=second");
        assertThat(change(source)).as("once").isEmpty();
    }

    @Test
    void takesOverAllOrNothing() throws Exception {
        TlsSource source = source();
        KeyPair pair = pair();
        directory.write("client.crt.pem", Pem.encode(certificate("second", pair)));

        assertThat(change(source)).as("the key is still the old one").isEmpty();
        assertThat(subject(source.current())).isEqualTo("CN=first");

        directory.writePrivate("client.key.pem", Pem.encode(pair.getPrivate()));
        assertThat(change(source)).map(UpstreamTlsTest::subject).contains("CN=second");
    }

    @Test
    void keepsWhatItHasWhenAFileGoes() throws Exception {
        TlsSource source = source();
        Files.delete(path.resolve("ca.pem"));

        assertThat(change(source)).isEmpty();

        assertThat(source.current().trusted()).hasSize(1);
    }

    @Test
    void waitsUntilTheFilesAreLeftAlone() throws Exception {
        TlsSource source = source();
        writeClient("second");
        assertThat(source.change()).isEmpty();
        writeClient("third one");

        assertThat(source.change()).as("still being written").isEmpty();
        assertThat(source.change()).map(UpstreamTlsTest::subject).contains("CN=third one");
    }
}
