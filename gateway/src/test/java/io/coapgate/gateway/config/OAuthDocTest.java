package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.CertificateBuilder;
import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.oauth.OAuthSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/oauth.md shows can be used as it stands. */
class OAuthDocTest {
    private static final Path DOC = Path.of("..", "docs", "oauth.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

    private final Path temporary;
    private final ConfigDirectory directory;

    OAuthDocTest(@TempDir Path temporary) {
        this.temporary = temporary;
        this.directory = new ConfigDirectory(temporary);
    }

    static Stream<String> examples() throws Exception {
        return blocks().stream().filter(block -> block.startsWith("token-exchange:"));
    }

    private static List<String> blocks() throws Exception {
        return BLOCK.matcher(Files.readString(DOC))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @BeforeEach
    void makeTheFilesThatTheExamplesName() throws Exception {
        Files.createDirectories(temporary.resolve("keys"));
        Files.createDirectories(temporary.resolve("secrets"));
        directory.writePrivate("secrets/idp.secret", "a secret\n");
        directory.writePrivate("secrets/meter-17.oauth", "another\n");
        String key =
                JwtSigningKey.generate(JwtAlgorithm.RS256, new SecureRandom()).toPem();
        directory.writePrivate("keys/idp-client.pem", key);
        directory.write("keys/idp-client.crt.pem", certificate(Pem.keyPair(key).getPublic()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleLoads(String example) throws Exception {
        List<OAuthSettings> exchanges =
                directory.gateway(ConfigDirectory.GATEWAY + example).tokenExchanges();
        assertThat(exchanges).hasSize(1);
        assertThat(example).contains(exchanges.get(0).name() + ":");
    }

    @Test
    void thereIsOneForEachKindOfServer() throws Exception {
        assertThat(examples()).hasSize(4);
        String devices = blocks().stream()
                .filter(block -> block.startsWith("devices:"))
                .findFirst()
                .orElseThrow();
        assertThat(directory.devices(devices).read().devices().get(0).oauthClient())
                .isPresent();
    }

    /** Of an RSA key, by an authority on P-256. */
    private static String certificate(PublicKey key) throws Exception {
        SecureRandom random = new SecureRandom();
        KeyPair authority =
                Pem.keyPair(JwtSigningKey.generate(JwtAlgorithm.ES256, random).toPem());
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Instant to = Instant.parse("2046-01-01T00:00:00Z");
        X509Certificate root = new CertificateBuilder("authority", authority.getPublic(), from, to, random)
                .authority()
                .selfSigned(authority.getPrivate());
        return Pem.encode(new CertificateBuilder("coapgate", key, from, to, random)
                .clientAuthentication()
                .signedBy(root, authority.getPrivate()));
    }
}
