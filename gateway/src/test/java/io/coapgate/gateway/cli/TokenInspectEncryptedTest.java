package io.coapgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Looks into tokens, and keys in cnf, that come encrypted (RFC 8392 §7, RFC 8747 §3.3). */
class TokenInspectEncryptedTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CoseAlgorithm CCM = CoseAlgorithm.AES_CCM_16_64_128;
    private static final String AES = "3a".repeat(16);
    private static final String OTHER_AES = "3b".repeat(16);
    private static final String MAC = "5c".repeat(32);
    private static final String CANARY = "5ec2e75ec2e75ec2e75ec2e75ec2e75e";

    private final Path temporary;
    private final EncryptionKey encrypter = EncryptionKey.of(CCM, secret(AES));
    private final SigningKey signer = SigningKey.of(CoseAlgorithm.HMAC_256_256, secret(MAC));

    TokenInspectEncryptedTest(@TempDir Path temporary) throws Exception {
        this.temporary = temporary;
    }

    @Nested
    class Rfc8392Examples {
        @Test
        void a6SignedAndEncrypted() throws Exception {
            String[] line = {
                "token",
                "inspect",
                Rfc8392.NESTED,
                "--key",
                file("aes.hex", Rfc8392.KEY_128),
                "--key",
                file("as.hex", Rfc8392.KEY_EC),
                "--audience",
                "coap://light.example.com"
            };
            assertThat(Transcript.of(line).exits(1).out()).isEqualToNormalizingNewlines("""
                            CWT: COSE_Encrypt0 (tag 16), in it COSE_Sign1 (tag 18)
                            would be refused because
                              token_expired        EXPIRED: the token has expired
                              token_lifetime       LIFETIME_TOO_LONG: the token lives longer than allowed
                              token_scope          no scope that is text
                              token_binding        no cnf, which only a self-issued token (iss = sub = device) may lack
                            encryption: decrypts
                            signature or MAC: valid
                            not judged: whether the token is bound to the session that it arrives on
                            protected header of COSE_Encrypt0
                              alg  AES-CCM-16-64-128 (10)
                            unprotected header of COSE_Encrypt0
                              kid  "Symmetric128"  h'53796d6d6574726963313238'
                              IV   h'4a0694c0e69ee6b5956655c7b2'
                            protected header of COSE_Sign1
                              alg  ES256 (-7)
                            unprotected header of COSE_Sign1
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
                              token                                221
                              protected header of COSE_Encrypt0    3
                              unprotected header of COSE_Encrypt0  30
                              ciphertext                           183
                              protected header of COSE_Sign1       3
                              unprotected header of COSE_Sign1     21
                              claims                               80
                              signature or MAC                     64
                            """);
        }

        @Test
        void a5Encrypted() throws Exception {
            Transcript.of("token", "inspect", Rfc8392.ENCRYPTED, "--key", file("aes.hex", Rfc8392.KEY_128))
                    .exits(1)
                    .says("CWT: COSE_Encrypt0 (tag 16)\n", "encryption: decrypts\n", "erikw", "token_expired")
                    .says("signature or MAC: none, the encryption vouches for the issuer")
                    .says("ciphertext          88", "claims              80")
                    .doesNotSay("231f4c4d4d3051fdc2ec0a3851d5b383");
        }

        @Test
        void a5WithoutItsKeyIsNeitherTakenNorRefused() throws Exception {
            for (String[] keys :
                    new String[][] {{}, {"--key", file("mac.hex", Rfc8392.KEY_256)}, {"--key", "hex:" + MAC}}) {
                String[] line = concat(new String[] {"token", "inspect", Rfc8392.ENCRYPTED}, keys);
                Transcript.of(line)
                        .exits(0)
                        .says("encryption: not decrypted: no key for AES-CCM-16-64-128 was given")
                        .says("not judged: what is encrypted: give --key or --config")
                        .says("not shown  the claims are encrypted")
                        .doesNotSay("would be refused", "MISSING_EXPIRY", MAC);
            }
        }
    }

    @Nested
    class Keys {
        @Test
        void aWrongOneIsSaidToBeWrong() {
            inspect(signed(valid()), "--key", "hex:" + OTHER_AES)
                    .exits(1)
                    .says("token_signature      BAD_SIGNATURE: the message does not decrypt")
                    .says("encryption: not decrypted: the message does not decrypt", "not verified")
                    .doesNotSay(AES, OTHER_AES);
        }

        @Test
        void oneOfSeveralDecrypts() {
            inspect(signed(valid()), "--key", "hex:" + OTHER_AES, "--key", "hex:" + AES, "--key", "hex:" + MAC)
                    .exits(0)
                    .says("encryption: decrypts", "signature or MAC: valid");
        }

        @Test
        void canBeJwk() throws Exception {
            String jwk = file("aes.jwk", "{\"kty\":\"oct\",\"k\":\"Ojo6Ojo6Ojo6Ojo6Ojo6Og\"}");
            inspect(encrypted(valid()), "--key", jwk).exits(0).says("encryption: decrypts");
        }

        @Test
        void withAnotherIdentifierAreUnknown() throws Exception {
            EncryptionKey named = encrypter.withKeyId(KeyId.ofUtf8("k1"));
            byte[] token = CwtIssuer.encrypting("as", named, RANDOM).issue(valid());
            CoseKey other = CoseKey.ofSecret(secret(AES)).withKeyId(KeyId.ofUtf8("k2"));
            inspect(token, "--key", file("k2.hex", hex(other.encode())))
                    .exits(1)
                    .says("token_key_unknown    UNKNOWN_KEY: no such key that is valid now");
        }

        @Test
        void thatOnlyDecryptLeaveTheInsideToOthers() {
            inspect(signed(valid()), "--key", "hex:" + AES)
                    .exits(0)
                    .says("encryption: decrypts", "signature or MAC: not verified")
                    .says("not judged: the signature: give --key or --config");
            inspect(signed(valid()), "--key", "hex:" + AES, "--key", "hex:" + "00".repeat(32))
                    .exits(1)
                    .says("encryption: decrypts", "token_signature      BAD_SIGNATURE", "signature or MAC: invalid");
        }
    }

    @Nested
    class WhatIsInside {
        @Test
        void isRefusedIfEncryptedTwice() {
            inspect(wrapped(signed(valid())), "--key", "hex:" + AES)
                    .exits(1)
                    .says("COSE_Encrypt0 (tag 16), in it COSE_Encrypt0 (tag 16)", "token_malformed      MALFORMED")
                    .says("not shown  the claims are encrypted");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "4101", "f6", "d83d", "bf0161ff"})
        void isRefusedIfItIsNeitherClaimsNorAToken(String plaintext) {
            inspect(wrapped(HexFormat.of().parseHex(plaintext)), "--key", "hex:" + AES)
                    .exits(1)
                    .says("encryption: decrypts", "token_malformed      MALFORMED", "not shown");
        }

        @ParameterizedTest
        @CsvSource({
            "a0, MISSING_EXPIRY",
            "a0, MISSING_CLAIM: a token that does not name its issuer",
            "a10401, EXPIRED",
            "a1051affffffff, NOT_YET_VALID",
            "a2041a5612aeb0061a5610d9f0, LIFETIME_TOO_LONG",
            "a1036178, WRONG_AUDIENCE",
            "a108a0, INVALID_CONFIRMATION",
            "a204010401, CBOR with duplicate keys",
            "a1182818ff, MISSING_EXPIRY",
            "a118286131, a time that is not a number",
            "d28444a1013824a041a040, UNSUPPORTED_ALGORITHM: an algorithm that is not supported",
            "d28447a2012602811863a041a040, UNSUPPORTED_CRITICAL_HEADER"
        })
        void isRefusedAsInTheOpen(String plaintext, String refusal) {
            inspect(wrapped(HexFormat.of().parseHex(plaintext)), "--key", "hex:" + AES, "--audience", "rs")
                    .exits(1)
                    .says("encryption: decrypts", refusal);
        }

        @Test
        void isNeverSelfIssued() {
            CwtClaims own = CwtClaims.builder()
                    .subject("as")
                    .audience("rs")
                    .scope("a")
                    .expiresAt(Transcript.NOW.plusSeconds(60))
                    .build();
            inspect(encrypted(own), "--key", "hex:" + AES).exits(1).says("token_binding");
        }

        @Test
        void isShownInJsonToo() {
            String out = inspect(encrypted(valid()), "--key", "hex:" + AES, "--json")
                    .exits(0)
                    .out();
            assertThat(JsonMapper.shared().readTree(out).at("/encryption").asString())
                    .isEqualTo("decrypts");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a1010a, a0, token_malformed      MALFORMED: an encrypted message without an IV",
        "a1010a, a1054c000000000000000000000000, MALFORMED: an IV of another length than the algorithm's",
        "a1010a, a1064e0000000000000000000000000000, MALFORMED: a Partial IV that is longer than the algorithm's IV",
        "a1010a, a2054100064100, MALFORMED: IV and Partial IV together",
        "a1010a, a10501, MALFORMED: an IV that is not a byte string",
        "a10126, a1054c000000000000000000000000, UNSUPPORTED_ALGORITHM: an algorithm that does not fit",
        "a1011818, a1054c000000000000000000000000, UNSUPPORTED_ALGORITHM: an algorithm that is not supported",
        "'', a1054c000000000000000000000000, UNSUPPORTED_ALGORITHM: no protected algorithm",
        "a2010a02811863, a1054d00000000000000000000000000, UNSUPPORTED_CRITICAL_HEADER",
        "a2010a02811863, a0, MALFORMED: an encrypted message without an IV"
    })
    void namesEveryRefusalOfTheHeader(String protectedHeader, String unprotected, String refusal) {
        String length = String.format("%02x", 0x40 + protectedHeader.length() / 2);
        String token = "d083" + length + protectedHeader + unprotected + "50" + "00".repeat(16);
        Transcript.of("token", "inspect", token).exits(1).says(refusal);
    }

    @Test
    void namesThePartialIv() {
        Transcript.of("token", "inspect", "d08343a1010aa1064105" + "50" + "00".repeat(16), "--key", "hex:" + AES)
                .exits(1)
                .says("Partial IV  h'05'", "encryption: not decrypted: ", "AES-CCM-16-64-128 (10)");
    }

    @Nested
    class Configured {
        @Test
        void keysDecrypt() throws Exception {
            inspect(signed(valid()), "--config", config("as", "AES-CCM-16-64-128", AES))
                    .says("encryption: decrypts", "signature or MAC: valid")
                    .doesNotSay("UNKNOWN", AES, MAC);
        }

        @Test
        void keysOfAnotherIssuerVouchForNobodyElse() throws Exception {
            inspect(encrypted(valid()), "--config", config("other", "AES-CCM-16-64-128", AES))
                    .exits(1)
                    .says("token_key_unknown    UNKNOWN_KEY: a token encrypted with the key of another issuer")
                    .says("encryption: decrypts", "signature or MAC: none\n");
        }

        @Test
        void keysAreAllThatThereAre() throws Exception {
            inspect(encrypted(valid()), "--config", config("as", "HMAC 256/256", MAC))
                    .exits(1)
                    .says("token_key_unknown    UNKNOWN_KEY: no such key that is valid now");
            inspect(encrypted(valid()), "--config", config("as", "A128GCM", AES))
                    .exits(1)
                    .says("token_algorithm      ALGORITHM_MISMATCH: the token names another algorithm");
            inspect(encrypted(valid()), "--config", config("as", "AES-CCM-16-64-128", OTHER_AES))
                    .exits(1)
                    .says("token_signature      BAD_SIGNATURE");
        }

        @Test
        void keysGiveWayToOneThatIsGiven() throws Exception {
            String config = config("as", "AES-CCM-16-64-128", OTHER_AES);
            inspect(signed(valid()), "--config", config, "--key", "hex:" + AES)
                    .says("encryption: decrypts", "signature or MAC: valid");
        }

        /** The example with one issuer, and with one key for MACs if the other is not. */
        private String config(String issuer, String algorithm, String secret) throws Exception {
            Path devices = Path.of("..", "config", "devices.yaml");
            Files.copy(devices, temporary.resolve("devices.yaml"), StandardCopyOption.REPLACE_EXISTING);
            return file(
                    "gateway.yaml",
                    Files.readString(Path.of("..", "config", "gateway.yaml"))
                            + """

                    cwt:
                      issuers:
                        - issuer: %s
                          keys:
                            - {kid: k1, algorithm: %s, secret: "hex:%s"}
                            - {kid: k2, algorithm: HMAC 256/256, secret: "hex:%s"}
                    """.formatted(issuer, algorithm, secret, MAC));
        }
    }

    @Nested
    class ConfirmationKeys {
        @Test
        void areNotShownWithoutAKey() throws Exception {
            byte[] token = bound(CoseKey.ofSecret(secret(CANARY)));
            inspect(token, "--key", "hex:" + MAC)
                    .exits(0)
                    .says("cnf (8)    encrypted key (AES-CCM-16-64-128), not shown", "signature or MAC: valid")
                    .says("not judged: the encrypted key in cnf: give --key or --config")
                    .doesNotSay(CANARY);
        }

        @Test
        void areShownByTypeAndThumbprint() throws Exception {
            CoseKey key = CoseKey.ofSecret(secret(CANARY)).withKeyId(KeyId.ofUtf8("psk"));
            for (String[] more : new String[][] {{}, {"--json"}}) {
                inspect(bound(key), concat(new String[] {"--key", "hex:" + MAC, "--key", "hex:" + AES}, more))
                        .exits(0)
                        .says("encrypted key (AES-CCM-16-64-128): COSE_Key SYMMETRIC, kid ")
                        .says("thumbprint " + key.thumbprint(), "«secret, not shown»")
                        .doesNotSay(CANARY, "not judged: the encrypted key");
            }
        }

        @Test
        void ofAShortSecretTellNoThumbprint() throws Exception {
            CoseKey key = CoseKey.ofSecret(secret("0102030405"));
            inspect(bound(key), "--key", "hex:" + AES)
                    .says("COSE_Key SYMMETRIC, «secret, not shown»")
                    .doesNotSay("thumbprint", "0102030405");
        }

        @Test
        void areRefusedUnderAnotherKey() throws Exception {
            inspect(bound(CoseKey.ofSecret(secret(CANARY))), "--key", "hex:" + OTHER_AES)
                    .exits(1)
                    .says("token_claims         INVALID_CONFIRMATION: cnf: the message does not decrypt", "not shown")
                    .doesNotSay(CANARY);
        }

        @Test
        void areRefusedIfTheyAreNotSymmetric() throws Exception {
            byte[] inside = HexFormat.of().parseHex(Rfc8392.KEY_EC);
            byte[] message = CoseEncrypt0.create(encrypter, RANDOM, inside, CoseMessage.NO_AAD);
            Confirmation cnf = new Confirmation.OfEncryptedKey(CoseEncrypt0.decode(message, 500));
            inspect(bound(cnf), "--key", "hex:" + AES)
                    .exits(1)
                    .says("INVALID_CONFIRMATION: cnf with an encrypted key that is not symmetric")
                    .doesNotSay("6c1382765aec5358f117733d281c1c7bdc39884d04a45a1e6c67c858bc206c19");
        }

        @Test
        void areJudgedInAnEncryptedTokenThatHasExpired() throws Exception {
            CwtClaims claims = valid().toBuilder()
                    .expiresAt(Transcript.NOW.minusSeconds(3600))
                    .confirmation(Confirmation.encrypted(
                            CoseKey.ofSecret(secret(CANARY)), EncryptionKey.of(CCM, secret(OTHER_AES)), RANDOM))
                    .build();
            inspect(encrypted(claims), "--key", "hex:" + AES)
                    .exits(1)
                    .says("EXPIRED", "INVALID_CONFIRMATION", "encryption: decrypts")
                    .doesNotSay(CANARY);
        }

        private byte[] bound(CoseKey key) {
            return bound(Confirmation.encrypted(key, encrypter, RANDOM));
        }

        private byte[] bound(Confirmation cnf) {
            return new CwtIssuer("as", signer)
                    .issue(valid().toBuilder().confirmation(cnf).build());
        }
    }

    @Test
    void neverShowsSecretsThatWereEncrypted() throws Exception {
        Confirmation cnf = Confirmation.of(CoseKey.ofSecret(secret(CANARY)));
        byte[] token = encrypted(valid().toBuilder().confirmation(cnf).build());
        inspect(token, "--key", "hex:" + AES).says("«secret, not shown»").doesNotSay(CANARY, AES);
        inspect(token, "--key", "hex:" + AES, "--json").doesNotSay(CANARY, AES);
        inspect(wrapped(HexFormat.of().parseHex("50" + CANARY)), "--key", "hex:" + AES)
                .doesNotSay(CANARY, AES);
    }

    private byte[] encrypted(CwtClaims claims) {
        return CwtIssuer.encrypting("as", encrypter, RANDOM).issue(claims);
    }

    private byte[] signed(CwtClaims claims) {
        return new CwtIssuer("as", signer).encryptedWith(encrypter, RANDOM).issue(claims);
    }

    private byte[] wrapped(byte[] inside) {
        return CoseEncrypt0.create(encrypter, RANDOM, inside, CoseMessage.NO_AAD);
    }

    private static CwtClaims valid() {
        return CwtClaims.builder()
                .audience("rs")
                .scope("a")
                .confirmation(Confirmation.of(KeyId.ofUtf8("psk")))
                .expiresAt(Transcript.NOW.plusSeconds(600))
                .build();
    }

    private static Transcript inspect(byte[] token, String... options) {
        return Transcript.of(concat(new String[] {"token", "inspect", hex(token)}, options));
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(temporary.resolve(name), text).toString();
    }

    private static SecretBytes secret(String hex) {
        return SecretBytes.copyOf(HexFormat.of().parseHex(hex));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String[] concat(String[] first, String... second) {
        return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
