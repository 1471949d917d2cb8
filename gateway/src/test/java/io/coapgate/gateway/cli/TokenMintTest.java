package io.coapgate.gateway.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenMintTest {
    private static final String SECRET = "hex:" + "c5".repeat(32);

    private final Path temporary;

    TokenMintTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void makesATokenThatTheGatewayWouldTake() throws Exception {
        Path cnf = file("device.pem", key(JwtAlgorithm.ES256).toPem());
        String token = mint(
                        "--aud", "rs", "--scope", "a b", "--cnf-key", cnf.toString(), "--cti", "0a0b", "--kid", "k1")
                .exits(0)
                .out()
                .strip();
        Transcript.of("token", "inspect", token, "--key", SECRET, "--audience", "rs")
                .exits(0)
                .says("HMAC 256/256 (5)", "signature or MAC: valid", "(in 10 min)", "COSE_Key EC2", "0a0b", "\"k1\"")
                .doesNotSay("secret", "would be refused");
    }

    @ParameterizedTest
    @EnumSource(JwtAlgorithm.class)
    void makesAJwtThatInspectTakes(JwtAlgorithm algorithm) throws Exception {
        Path pem = file("key.pem", key(algorithm).toPem());
        String token = Transcript.of(
                        "token", "mint", "--jwt", "--key", pem.toString(), "--iss", "gw", "--sub", "d", "--aud", "rs")
                .exits(0)
                .out()
                .strip();
        Transcript.of("token", "inspect", token, "--key", pem.toString(), "--audience", "rs")
                .exits(0)
                .says(algorithm.jwsName(), "valid");
    }

    @Test
    void takesKeysInEveryForm() throws Exception {
        CoseKey secret = CoseKey.ofSecret(SecretBytes.copyOf(new byte[32]));
        Path cose = Files.write(temporary.resolve("key.cbor"), secret.encode());
        Path hex = file(
                "key.hex",
                HexFormat.of()
                        .formatHex(
                                secret.withAlgorithm(CoseAlgorithm.HMAC_256_64).encode()));
        Path jwk = file("key.jwk", "{\"kty\":\"oct\",\"kid\":\"j\",\"k\":\"" + "A".repeat(43) + "\"}");
        Path text = file("psk.txt", "hex:" + "00".repeat(32) + "\n");
        for (Path key : List.of(cose, hex, jwk, text)) {
            String token = Transcript.of("token", "mint", "--key", key.toString(), "--iss", "d", "--sub", "d")
                    .exits(0)
                    .out()
                    .strip();
            Transcript.of("token", "inspect", token, "--key", key.toString()).says("valid");
        }
        Transcript.of("token", "mint", "--key", file("rfc.hex", Rfc8392.KEY_EC).toString(), "--iss", "as")
                .exits(0)
                .says("d284");
    }

    @Test
    void takesThePreSharedKeyThatKeygenWrote() throws Exception {
        Path psk = temporary.resolve("device.psk");
        Transcript.of("keygen", "psk", "--id", "d", "--out", psk.toString()).exits(0);
        String hex =
                "hex:" + HexFormat.of().formatHex(Files.readString(psk).strip().getBytes(US_ASCII));

        String token = Transcript.of("token", "mint", "--key", psk.toString(), "--iss", "d", "--sub", "d")
                .exits(0)
                .out()
                .strip();

        for (String key : List.of(psk.toString(), hex)) { // the characters are the key, as for the gateway
            Transcript.of("token", "inspect", token, "--key", key)
                    .says("HMAC 256/256", "signature or MAC: valid")
                    .doesNotSay(Files.readString(psk).strip());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "canary-canary-canary-canary-cana!", "canary-canary-canary-canary-canar"})
    void saysOfOtherTextThatItIsNoKeyAndDoesNotShowIt(String text) throws Exception {
        Transcript.of("token", "mint", "--iss", "d", "--key", file("text", text).toString())
                .exits(64)
                .doesNotSay("canary");
    }

    @Test
    void namesTheKeyThatEncrypts() {
        String key = "hex:" + "a7".repeat(16);
        String token = mint("--kid", "inner", "--encrypt-key", key, "--encrypt-kid", "outer")
                .exits(0)
                .out()
                .strip();
        Transcript.of("token", "inspect", token, "--key", key, "--key", SECRET)
                .says("\"outer\"", "\"inner\"", "decrypts", "signature or MAC: valid");
    }

    @ParameterizedTest
    @CsvSource({
        "16, '', A128GCM (1)",
        "24, '', A192GCM (2)",
        "32, '', A256GCM (3)",
        "16, AES-CCM-16-64-128, AES-CCM-16-64-128 (10)",
        "32, aes-ccm-16-128-256, AES-CCM-16-128-256 (31)"
    })
    void encryptsWhatItSigned(int length, String algorithm, String name) {
        String key = "hex:" + "a7".repeat(length);
        String token = (algorithm.isEmpty()
                        ? mint("--encrypt-key", key)
                        : mint("--encrypt-key", key, "--encrypt-alg", algorithm))
                .exits(0)
                .out()
                .strip();
        assertThat(token).startsWith("d083");
        Transcript.of("token", "inspect", token, "--key", SECRET, "--key", key)
                .says("in it COSE_Mac0 (tag 17)", name, "encryption: decrypts", "signature or MAC: valid")
                .doesNotSay("c5c5c5c5", "a7a7a7a7");
    }

    @Test
    void encryptsWithoutSigning() throws Exception {
        String key = "hex:" + "a7".repeat(16);
        CoseKey secret = CoseKey.ofSecret(SecretBytes.copyOf(HexFormat.of().parseHex("a7".repeat(16))));
        CoseKey bound = secret.withAlgorithm(CoseAlgorithm.AES_CCM_16_64_128).withKeyId(KeyId.ofUtf8("k9"));
        Path cose = Files.write(temporary.resolve("aes.cbor"), bound.encode());
        for (String[] how : new String[][] {{key, "--alg", "AES-CCM-16-64-128", "--kid", "k9"}, {cose.toString()}}) {
            List<String> line = new ArrayList<>(List.of("token", "mint", "--iss", "as", "--tag61", "--key"));
            line.addAll(List.of(how));
            String token =
                    Transcript.of(line.toArray(String[]::new)).exits(0).out().strip();
            assertThat(token).startsWith("d83dd083");
            Transcript.of("token", "inspect", token, "--key", cose.toString())
                    .says("CWT (tag 61): COSE_Encrypt0 (tag 16)", "AES-CCM-16-64-128 (10)", "\"k9\"", "in 10 min")
                    .says("signature or MAC: none, the encryption vouches for the issuer");
        }
    }

    @Test
    void encryptsTheConfirmationKey() throws Exception {
        Path cnf = file("cnf.jwk", "{\"kty\":\"oct\",\"kid\":\"psk\",\"k\":\"" + "A".repeat(43) + "\"}");
        String key = "hex:" + "a7".repeat(32);
        String token = mint("--cnf-key", cnf.toString(), "--cnf-encrypt-key", key)
                .exits(0)
                .out()
                .strip();
        Transcript.of("token", "inspect", token, "--key", SECRET)
                .says("encrypted key (A256GCM), not shown", "signature or MAC: valid");
        Transcript.of("token", "inspect", token, "--key", SECRET, "--key", key)
                .says("encrypted key (A256GCM): COSE_Key SYMMETRIC, kid \"psk\"", "thumbprint ")
                .doesNotSay("INVALID_CONFIRMATION", "AAAAAAAA", "00000000");
    }

    @Test
    void makesTokensWithoutAClock() {
        String token = mint("--exp", "none", "--exi", "10m", "--cti", "01")
                .exits(0)
                .out()
                .strip();
        Transcript.of("token", "inspect", token)
                .exits(1)
                .says("exi (40)  600 s  (10 min from when it arrives)", "MISSING_EXPIRY");
        String both = mint("--exi", "10m").exits(0).out().strip();
        Transcript.of("token", "inspect", both).says("exi (40)").doesNotSay("MISSING_EXPIRY");
    }

    @ParameterizedTest
    @CsvSource({"secp384r1, ES384 (-35), P-384", "secp521r1, ES512 (-36), P-521"})
    void signsOnLongerCurves(String curve, String algorithm, String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        String pem = file("long.pem", Pem.encode(generator.generateKeyPair().getPrivate()))
                .toString();
        String token = Transcript.of("token", "mint", "--iss", "as", "--key", pem, "--cnf-key", pem)
                .exits(0)
                .out()
                .strip();
        Transcript.of("token", "inspect", token, "--key", pem)
                .says(algorithm, "COSE_Key EC2 " + name + ", thumbprint", "signature or MAC: valid");
    }

    @Test
    void makesWhatMustBeRefused() {
        String expired = mint("--exp", "-5m", "--iat", "none").exits(0).out().strip();
        Transcript.of("token", "inspect", expired).exits(1).says("token_expired");
        String endless = mint("--exp", "none", "--nbf", "2030-01-01T00:00:00Z")
                .exits(0)
                .out()
                .strip();
        Transcript.of("token", "inspect", endless).exits(1).says("MISSING_EXPIRY", "token_not_yet_valid");
    }

    @Test
    void writesEveryFormat() {
        String hex = mint("--tag61").exits(0).out().strip();
        assertThat(hex).startsWith("d83dd184");
        byte[] binary = mint("--out", "binary").exits(0).binary();
        assertThat(HexFormat.of().formatHex(binary)).isEqualTo(hex.substring(4));
        String base64url = mint("--out", "base64url").out().strip();
        Transcript.of("token", "inspect", base64url, "--key", SECRET).says("valid");
    }

    @Test
    void refusesWhatDoesNotGoTogether() throws Exception {
        Path publicKey = file("pub.jwk", key(JwtAlgorithm.ES256).publicJwk().toJson());
        Path pem = file("key.pem", key(JwtAlgorithm.ES256).toPem());
        mint("--alg", "ES256").exits(64);
        mint("--alg", "ROT13").exits(64);
        mint("--cti", "xx").exits(64);
        mint("--exp", "soon").exits(64);
        mint("--cnf-kid", "a", "--cnf-key", SECRET).exits(64);
        mint("--jwt").exits(64);
        mint("--exi", "-10m").exits(64);
        mint("--exi", "2030-01-01T00:00:00Z").exits(64);
        mint("--encrypt-alg", "A128GCM").exits(64);
        mint("--encrypt-kid", "outer").exits(64);
        mint("--encrypt-key", "hex:a7").exits(64);
        mint("--encrypt-key", SECRET, "--encrypt-alg", "A128GCM").exits(64);
        mint("--encrypt-key", SECRET, "--encrypt-alg", "ES256").exits(64);
        mint("--encrypt-key", SECRET, "--encrypt-alg", "AES-CCM-64-64-256").exits(64); // nonces are to be counted
        mint("--encrypt-key", pem.toString()).exits(64);
        mint("--cnf-encrypt-key", SECRET).exits(64);
        mint("--cnf-encrypt-key", SECRET, "--cnf-kid", "a").exits(64);
        mint("--cnf-encrypt-key", SECRET, "--cnf-key", pem.toString()).exits(64);
        for (String[] more : new String[][] {{"--exi", "1m"}, {"--encrypt-key", SECRET}, {"--kid", "a"}}) {
            List<String> line =
                    new ArrayList<>(List.of("token", "mint", "--iss", "as", "--jwt", "--key", pem.toString()));
            line.addAll(List.of(more));
            Transcript.of(line.toArray(String[]::new)).exits(64);
        }
        Transcript.of("token", "mint", "--iss", "as", "--key", "hex:" + "a7".repeat(16))
                .exits(64);
        Transcript.of("token", "mint", "--iss", "as").exits(64);
        Transcript.of("token", "mint", "--iss", "as", "--key", publicKey.toString())
                .exits(64);
        Transcript.of("token", "mint", "--iss", "as", "--key", "hex:c5").exits(64);
        Transcript.of("token", "mint", "--iss", "as", "--jwt", "--alg", "RS256", "--key", pem.toString())
                .exits(64);
    }

    @Test
    void saysThatItIsForTests() {
        Transcript.of("token", "mint", "--help").exits(0).says("FOR TESTS ONLY");
    }

    @Test
    void neverShowsTheKey() {
        for (Transcript run : List.of(
                mint("--cnf-key", SECRET, "--alg", "ES256"),
                mint("--encrypt-key", SECRET, "--encrypt-alg", "A128GCM"),
                mint("--cnf-encrypt-key", SECRET),
                mint("--exp", "x"),
                mint("--out", "base64url"),
                mint())) {
            run.doesNotSay("c5c5c5c5");
        }
        String token = mint("--cnf-key", SECRET).exits(0).out().strip();
        assertThat(token).contains("c5c5c5c5"); // what cnf is for; but not shown when looked at
        Transcript.of("token", "inspect", token, "--key", SECRET)
                .says("valid", "«secret, not shown»")
                .doesNotSay("c5c5c5c5");
    }

    private static Transcript mint(String... options) {
        List<String> line = new ArrayList<>(List.of("token", "mint", "--key", SECRET, "--iss", "as"));
        line.addAll(List.of(options));
        return Transcript.of(line.toArray(String[]::new));
    }

    private static JwtSigningKey key(JwtAlgorithm algorithm) {
        return JwtSigningKey.generate(algorithm, new SecureRandom());
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(temporary.resolve(name), text);
    }
}
