package io.coapgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TokenInspectTest {
    private static final byte[] SIGNED = HexFormat.of().parseHex(Rfc8392.SIGNED);
    private static final String EXAMPLE =
            Path.of("..", "config", "gateway.yaml").toString();

    private final Path temporary;

    TokenInspectTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void showsTheSignedExampleOfTheRfc() throws Exception {
        Path key = file("as.hex", Rfc8392.KEY_EC);
        String[] line = {"token", "inspect", Rfc8392.SIGNED, "--key", key.toString(), "--audience", "rs"};
        assertThat(Transcript.of(line).exits(1).out()).isEqualToNormalizingNewlines("""
                        CWT: COSE_Sign1 (tag 18)
                        would be refused because
                          token_expired        EXPIRED: the token has expired
                          token_lifetime       LIFETIME_TOO_LONG: the token lives longer than allowed
                          token_audience       WRONG_AUDIENCE: the token is not for this recipient
                          token_scope          no scope that is text
                          token_binding        no cnf, which only a self-issued token (iss = sub = device) may lack
                        signature or MAC: valid
                        not judged: whether the token is bound to the session that it arrives on
                        protected header
                          alg  ES256 (-7)
                        unprotected header
                          kid  "AsymmetricECDSA256"  h'4173796d6d65747269634543445341323536'
                        claims
                          iss (1)  coap://as.example.com
                          sub (2)  erikw
                          aud (3)  coap://light.example.com
                          exp (4)  2015-10-05T17:09:04Z  (expired 11 years ago)
                          nbf (5)  2015-10-04T07:49:04Z  (11 years ago)
                          iat (6)  2015-10-04T07:49:04Z  (11 years ago)
                          cti (7)  0b71
                        bytes
                          token               175
                          protected header    3
                          unprotected header  21
                          claims              80
                          signature or MAC    64
                        """);
    }

    @Test
    void verifiesTheMacedExampleOfTheRfc() throws Exception {
        Path key = file("mac.hex", Rfc8392.KEY_256);
        Transcript.of("token", "inspect", Rfc8392.MACED, "--key", key.toString())
                .exits(1)
                .says("CWT (tag 61): COSE_Mac0 (tag 17)", "HMAC 256/64 (4)", "signature or MAC: valid")
                .doesNotSay("403697de87af6461");
        Transcript.of("token", "inspect", Rfc8392.MACED, "--key", "hex:" + "00".repeat(32))
                .says("token_signature      BAD_SIGNATURE", "signature or MAC: invalid");
    }

    @Test
    void takesATokenInEveryForm() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(SIGNED);
        Path binary = temporary.resolve("token.cwt");
        Files.write(binary, SIGNED);
        Path text = file("token.txt", Rfc8392.SIGNED.replaceAll("(.{64})", "$1\r\n"));
        Path armour = file(
                "token.pem", "-----BEGIN CWT-----\n" + base64.replaceAll("(.{64})", "$1\n") + "\n-----END CWT-----");
        String expected = Transcript.of("token", "inspect", Rfc8392.SIGNED).out();
        for (String form : new String[] {
            Rfc8392.SIGNED.toUpperCase(Locale.ROOT),
            base64,
            Base64.getUrlEncoder().withoutPadding().encodeToString(SIGNED),
            binary.toString(),
            "@" + binary,
            text.toString(),
            "@" + armour
        }) {
            assertThat(Transcript.of("token", "inspect", form).out()).isEqualTo(expected);
        }
        assertThat(Transcript.withInput(SIGNED, "token", "inspect", "-").out()).isEqualTo(expected);
        assertThat(Transcript.withInput((base64 + "\n").getBytes(StandardCharsets.US_ASCII), "token", "inspect", "-")
                        .out())
                .isEqualTo(expected);
    }

    /** Each with the first piece of what is wrong; the header and claims of most are shown all the same. */
    @ParameterizedTest
    @CsvSource({
        "bf, token_malformed      MALFORMED: an indefinite or reserved CBOR length",
        "a20101, token_malformed      MALFORMED",
        "a1041b0000000000000001, a CBOR integer or length that is longer than it needs to be",
        "a204010401, CBOR with duplicate keys",
        "a0, token_claims         MISSING_EXPIRY",
        "a0, token_claims         MISSING_CLAIM: a token that does not name its issuer",
        "a10401, token_expired        EXPIRED",
        "a1051affffffff, token_not_yet_valid  NOT_YET_VALID",
        "a1061affffffff, token_not_yet_valid  NOT_YET_VALID",
        "a2041a5612aeb0061a5610d9f0, token_lifetime       LIFETIME_TOO_LONG",
        "a1036178, token_audience       WRONG_AUDIENCE",
        "a108a0, token_claims         INVALID_CONFIRMATION",
        "a0, token_scope",
        "a1096122, token_scope          a scope that is not written as RFC 6749",
        "a0, token_binding",
        "f6, the payload is not a map of claims",
        "a10461ff, CBOR with text that is not UTF-8"
    })
    void namesEveryRefusalOfTheClaims(String claims, String refusal) {
        Transcript.of("token", "inspect", token("a10126", "a0", claims), "--audience", "rs")
                .exits(1)
                .says(refusal);
    }

    @ParameterizedTest
    @CsvSource({
        "a101382e, a0, token_algorithm      UNSUPPORTED_ALGORITHM: an algorithm that is not supported",
        "'', a10126, token_malformed      MALFORMED: alg or crit where it is not protected",
        "'', a10126, token_algorithm      UNSUPPORTED_ALGORITHM: no protected algorithm",
        "a2012602811863, a0, token_algorithm      UNSUPPORTED_CRITICAL_HEADER",
        "a2012604416b, a104416b, a header parameter in both buckets",
        "a10105, a0, token_algorithm      UNSUPPORTED_ALGORITHM: an algorithm that does not fit",
        "01, a0, token_malformed",
        "a101, a0, token_malformed"
    })
    void namesEveryRefusalOfTheHeader(String protectedHeader, String unprotected, String refusal) {
        Transcript.of("token", "inspect", token(protectedHeader, unprotected, "a0"))
                .exits(1)
                .says(refusal);
    }

    @Test
    void namesTheRefusalsOfTheWholeToken() {
        Transcript.of("token", "inspect", Rfc8392.SIGNED + "00").says("bytes after the end of the CBOR item");
        Transcript.of("token", "inspect", Rfc8392.SIGNED.substring(2)).says("without a tag", "token_malformed");
        Transcript.of("token", "inspect", Rfc8392.SIGNED.substring(0, 200))
                .exits(1)
                .says("CWT, broken");
        Transcript.of("token", "inspect", token("a10126", "a0", "a10178" + "c8" + "78".repeat(200) + ""))
                .exits(1);
        String large = token("a10126", "a0", "a1185a59" + "0800" + "00".repeat(0x800));
        Transcript.of("token", "inspect", large).exits(1).says("token_too_large      TOO_LARGE: the token has 2");
    }

    @ParameterizedTest
    @CsvSource({
        "a1013822, ES384 (-35)",
        "a1013823, ES512 (-36)",
        "a1013824, PS256 (-37)",
        "a10106, HMAC 384/384 (6)",
        "a10107, HMAC 512/512 (7)",
        "a1011818, ChaCha20/Poly1305 (24)",
        "a1013903e7, -1000"
    })
    void namesAlgorithms(String protectedHeader, String name) {
        Transcript.of("token", "inspect", token(protectedHeader, "a0", "a0")).says(name);
    }

    @Test
    void judgesByAConfiguration() {
        Transcript.of("token", "inspect", Rfc8392.SIGNED, "--config", EXAMPLE)
                .exits(1)
                .says("token_issuer_unknown UNKNOWN_ISSUER", "token_audience       WRONG_AUDIENCE");
        Transcript.of(
                        "token",
                        "inspect",
                        Rfc8392.SIGNED,
                        "--config",
                        temporary.resolve("none.yaml").toString())
                .exits(78);
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "d2", "9f", "a1", "5f", "d28441", "c4821b7fffffffffffffff"})
    void survivesBombs(String piece) throws Exception {
        byte[] bomb = HexFormat.of().parseHex(piece.repeat(120_000 / piece.length()));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(Transcript.withInput(bomb, "token", "inspect", "-")
                                .exit())
                        .isIn(1, 65));
        Transcript.withInput(new byte[400_000], "token", "inspect", "-").exits(65);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello world", "zz", "", "00", "deadbeef", "eyJhbGciOiJkaXIifQ..a.b.c", Rfc8392.KEY_256})
    void exits65ForWhatIsNoToken(String text) {
        Transcript.of("token", "inspect", text).exits(65).doesNotSay("403697de");
    }

    @Test
    void exits64OnAWrongCommandLine() throws Exception {
        Path wrong = file("wrong.key", "{\"kty\":\"oct\",\"k\":\"!canary!\"}");
        Transcript.of("token").exits(64);
        Transcript.of("token", "inspect").exits(64);
        Transcript.of("token", "inspect", "@" + temporary.resolve("none")).exits(64);
        Transcript.of("token", "inspect", "00", "--key", wrong.toString())
                .exits(64)
                .doesNotSay("canary");
        Transcript.of("token", "inspect", "00", "--key", "hex:canary").exits(64);
        Transcript.of("token", "inspect", "00", "--key", temporary.toString()).exits(64);
    }

    @Test
    void neverShowsSecretKeyBytes() {
        String canary = "5ec2e75ec2e75ec2e75ec2e75ec2e75e";
        String symmetric = "a2010420" + "50" + canary;
        String broken = "a301022001" + "2350" + canary;
        for (String cnf : List.of(
                "a101" + symmetric,
                "a101" + broken,
                "a10250" + canary,
                "50" + canary,
                "a1186350" + canary,
                symmetric)) {
            for (String claims : List.of("a108" + cnf, "a2041a7fffffff08" + cnf, "bf08" + cnf + "ff")) {
                String token = token("a10126", "a0", claims);
                Transcript.of("token", "inspect", token).exits(1).doesNotSay(canary);
                Transcript.of("token", "inspect", token, "--json").exits(1).doesNotSay(canary);
            }
        }
        Transcript.of("token", "inspect", token("a10126", "a0", "a108a101" + symmetric))
                .says("COSE_Key SYMMETRIC", "thumbprint ", "«secret, not shown»");
        Transcript.of("token", "inspect", token("a10126", "a0", "a119ffff" + symmetric))
                .says("65535", "«secret, not shown»")
                .doesNotSay(canary);
    }

    @Test
    void escapesWhatCouldFoolATerminal() {
        Transcript.of("token", "inspect", token("a10126", "a0", "a2" + "0163" + "411b5b" + "1863" + "6141"))
                .says("99", "A\\u001b[")
                .doesNotSay("\u001b");
        JwtSigningKey key = JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom());
        Transcript.of("token", "inspect", key.sign(Map.of("sub\u001b", "a\u202eb", "x", List.of("\u001b"))))
                .says("sub\\u001b", "a\\u202eb")
                .doesNotSay("\u001b", "\u202e");
    }

    @Test
    void showsAKeyConfirmationAndAPlainScope() {
        String claims = "a3" + "08a10343" + "707369" + "0963" + "612062" + "1828" + "1864";
        Transcript.of("token", "inspect", token("a10126", "a0", claims))
                .says("cnf (8)", "kid \"psi\" h'707369'", "scope (9)", "a b")
                .says("exi (40)", "100 s  (100 s from when it arrives)", "MISSING_EXPIRY");
    }

    @Test
    void printsJson() {
        JsonNode report = JsonMapper.shared()
                .readTree(Transcript.of("token", "inspect", "--json", Rfc8392.SIGNED)
                        .exits(1)
                        .out());
        assertThat(report.at("/refusals/0/code").asString()).isEqualTo("token_expired");
        assertThat(report.at("/sections/2/rows/1/value").asString()).isEqualTo("erikw");
    }

    @Test
    void looksIntoAJwt() throws Exception {
        JwtSigningKey key = JwtSigningKey.generate(JwtAlgorithm.EDDSA, new SecureRandom());
        Path pem = file("pub.pem", Pem.encode(key.publicJwk().key()));
        Path jwk = file("pub.jwk", key.publicJwk().toJson());
        String token = key.sign(Map.of(
                "iss", "gw",
                "sub", "sensor-7",
                "aud", "rs",
                "client_id", "sensor-7",
                "jti", "1",
                "iat", Transcript.NOW,
                "exp", Transcript.NOW.plusSeconds(300)));
        Transcript.of("token", "inspect", token, "--key", pem.toString(), "--audience", "rs")
                .exits(0)
                .says("JWT", "alg", "EdDSA", "sensor-7", "2026-11-24T12:05:00Z  (in 5 min)", "signature or MAC: valid");
        Transcript.of("token", "inspect", token, "--key", jwk.toString(), "--audience", "other")
                .exits(1)
                .says("wrong_audience");
        String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
        Transcript.of("token", "inspect", forged, "--key", pem.toString())
                .exits(1)
                .says("bad_signature", "invalid");
        Transcript.of("token", "inspect", token).exits(0).says("not judged: the signature");
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(temporary.resolve(name), text);
    }

    /** A COSE_Sign1 of these parts with 64 zeros as its signature, in hex. */
    private static String token(String protectedHeader, String unprotected, String claims) {
        return "d284" + bytes(protectedHeader) + unprotected + bytes(claims) + bytes("00".repeat(64));
    }

    private static String bytes(String hex) {
        int length = hex.length() / 2;
        return (length < 24 ? "%02x" : length < 256 ? "58%02x" : "59%04x")
                        .formatted(length < 24 ? 0x40 + length : length)
                + hex;
    }
}
