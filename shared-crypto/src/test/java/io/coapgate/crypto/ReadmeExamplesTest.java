package io.coapgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.IssuerKeys;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Pem;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The Java of README.md, which has to stand here word for word. */
class ReadmeExamplesTest {

    @Test
    void readsAKeyIssuesATokenAndVerifiesIt() throws Exception {
        String pem = resource("ec-sec1.pem");
        Clock clock = Clock.systemUTC();
        Instant now = clock.instant();

        // README: read a key
        KeyPair pair = Pem.keyPair(pem); // EC or PKCS#8, P-256, Ed25519 or RSA
        KeyId kid = KeyId.ofUtf8("as-1");

        // README: issue a token
        SigningKey signingKey =
                SigningKey.of(CoseAlgorithm.ES256, pair.getPrivate()).withKeyId(kid);
        CwtIssuer issuer = new CwtIssuer("coaps://as.example", signingKey);
        byte[] token = issuer.issue(CwtClaims.builder()
                .subject("sensor-7")
                .audience("gateway")
                .scope("temperature:write")
                .expiresAt(now.plusSeconds(600))
                .confirmation(Confirmation.of(KeyId.ofUtf8("psk-7")))
                .build());

        // README: verify a token
        VerificationKey trusted =
                VerificationKey.of(CoseAlgorithm.ES256, pair.getPublic()).withKeyId(kid);
        IssuerKeys keys = name -> name.equals("coaps://as.example") ? List.of(trusted) : List.of();
        CwtVerifier verifier = new CwtVerifier(CwtPolicy.forAudience("gateway"), clock);
        VerifiedCwt verified = verifier.verify(token, keys); // or InvalidCwtException with its reason()
        // README: end

        assertThat(verified.claims().subject()).contains("sensor-7");
    }

    @Test
    void theReadmeSaysJustThat() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String source = Files.readString(Path.of("src/test/java/io/coapgate/crypto/ReadmeExamplesTest.java"));
        String examples =
                source.substring(source.indexOf("// README: read a key\n"), source.indexOf("        // README: end"));
        for (String line : examples.lines().toList()) {
            String code = line.strip();
            if (!code.isEmpty() && !code.startsWith("// README")) {
                assertThat(readme).contains(code);
            }
        }
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = ReadmeExamplesTest.class.getResourceAsStream("key/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
