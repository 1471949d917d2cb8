package io.coapgate.gateway.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code token inspect} says of tokens that live from their arrival on. */
class TokenInspectExpiresInTest {
    private static final String SECRET = "c5".repeat(32);

    private final Path config;

    TokenInspectExpiresInTest(@TempDir Path temporary) throws Exception {
        this.config = Files.writeString(temporary.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: rs
                listeners:
                  - {name: psk, address: 127.0.0.1, port: 5684, credentials: [psk]}
                cwt:
                  issuers:
                    - issuer: as
                      keys: [{algorithm: HMAC 256/256, secret: "hex:%1$s"}]
                      expires-in: {number: digits}
                    - issuer: strict
                      keys: [{algorithm: HMAC 256/256, secret: "hex:%1$s"}]
                upstreams:
                  backend: {url: "http://127.0.0.1:9000"}
                routes:
                  - {path: /a, upstream: backend, audience: b, methods: {GET: [read]}}
                """.formatted(SECRET));
    }

    private Transcript inspect(String issuer, String cti, String exi) {
        String token = Transcript.of(
                        "token",
                        "mint",
                        "--key",
                        "hex:" + SECRET,
                        "--iss",
                        issuer,
                        "--aud",
                        "rs",
                        "--scope",
                        "read",
                        "--exp",
                        "none",
                        "--exi",
                        exi,
                        "--cti",
                        HexFormat.of().formatHex(cti.getBytes(StandardCharsets.US_ASCII)))
                .exits(0)
                .out()
                .strip();
        return Transcript.of("token", "inspect", token, "--config", config.toString());
    }

    @Test
    void itsIssuerMayHaveThem() {
        inspect("as", "rs7", "10m")
                .doesNotSay("MISSING_EXPIRY", "token_claims", "token_lifetime")
                .says("not judged: whether the token, or one of a higher number, has come and ended before");
    }

    @Test
    void anotherIssuerMayNot() {
        inspect("strict", "rs7", "10m").exits(1).says("MISSING_EXPIRY");
    }

    @Test
    void theyHaveANumberAndNoMoreThanTheLongestLife() {
        inspect("as", "rs-7", "10m").exits(1).says("token_claims", "cti is not rs with a number behind it");
        inspect("as", "rs7", "2h").exits(1).says("token_lifetime", "more than the issuer's expires-in.max-lifetime");
    }
}
