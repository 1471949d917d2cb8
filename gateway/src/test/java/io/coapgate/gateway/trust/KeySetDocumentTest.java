package io.coapgate.gateway.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.jose.PublicJwk;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.Devices;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9052 §7, RFC 7517 §5. */
class KeySetDocumentTest {
    private static final PublicKey P256 = Devices.p256().getPublic();

    private static KeyPair pair(String algorithm, String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        return generator.generateKeyPair();
    }

    private static void assertInvalid(byte[] document) {
        assertThatThrownBy(() -> KeySetDocument.read(document))
                .isInstanceOfSatisfying(
                        KeySetException.class, e -> assertThat(e.reason()).isEqualTo(KeySetException.Reason.INVALID));
    }

    private static String jwk(String more) throws Exception {
        String json = PublicJwk.of(P256).toJson();
        return json.substring(0, json.length() - 1) + more + "}";
    }

    private static List<RecipientKey> jwks(String keys) throws KeySetException {
        return KeySetDocument.read(("\n {\"keys\":[" + keys + "]}").getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"EC, secp256r1, ES256", "EC, secp384r1, ES384", "EC, secp521r1, ES512", "Ed25519, Ed25519, EDDSA"})
    void aCoseKeyThatNamesNoAlgorithmIsForThatOfItsCurve(String type, String curve, CoseAlgorithm algorithm)
            throws Exception {
        CoseKey key = CoseKey.ofPublicKey(pair(type, curve).getPublic()).withKeyId(KeyId.ofUtf8("k"));
        assertThat(KeySetDocument.read(CoseKeySet.ofPublicKeys(List.of(key)).encode()))
                .singleElement()
                .satisfies(read -> assertThat(read.algorithm()).isEqualTo(algorithm))
                .satisfies(read -> assertThat(read.keyId()).contains(KeyId.ofUtf8("k")))
                .isInstanceOf(VerificationKey.class);
    }

    @Test
    void aPublicKeyNeverBecomesAnHmacSecret() throws Exception {
        String key = HexFormat.of().formatHex(CoseKey.ofPublicKey(P256).encode());
        String forHmac = "a5" + "0305" + key.substring(2); // alg: HMAC 256/256
        assertThat(KeySetDocument.read(HexFormat.of().parseHex("81" + forHmac))).isEmpty();
    }

    @Test
    void leavesOutKeysForOtherOperations() throws Exception {
        String key = HexFormat.of().formatHex(CoseKey.ofPublicKey(P256).encode());
        String forSigning = "a5" + "048101" + key.substring(2); // key_ops: [sign]
        assertThat(KeySetDocument.read(HexFormat.of().parseHex("81" + forSigning)))
                .isEmpty();
    }

    @Test
    void readsAJwkSet() throws Exception {
        String keyId = PublicJwk.of(P256).keyId();
        assertThat(jwks(jwk(""))).singleElement().satisfies(read -> {
            assertThat(read.algorithm()).isEqualTo(CoseAlgorithm.ES256);
            assertThat(read.keyId()).isEqualTo(Optional.of(KeyId.ofUtf8(keyId)));
        });
    }

    @Test
    void leavesOutKeysOfAJwkSetThatCoseHasNoAlgorithmForHere() throws Exception {
        PublicKey rsa = pair("RSA", "").getPublic();
        assertThat(jwks(PublicJwk.of(rsa).toJson() + "," + jwk(""))).hasSize(1);
        assertThat(jwks(PublicJwk.of(rsa).toJson())).isEmpty();
    }

    @Test
    void leavesOutAJwkWhoseAlgorithmIsNotThatOfItsCurve() throws Exception {
        assertThat(jwks(jwk("").replace("\"ES256\"", "\"HS256\""))).isEmpty();
        assertThat(jwks(jwk("").replace("\"sig\"", "\"enc\""))).isEmpty();
    }

    @Test
    void refusesASetWithASymmetricOrPrivateKey() throws Exception {
        assertInvalid(("{\"keys\":[" + jwk("") + ",{\"kty\":\"oct\",\"kid\":\"x\",\"k\":\"AAAA\"}]}").getBytes(UTF_8));
        assertInvalid(("{\"keys\":[" + jwk(",\"d\":\"AAAA\"") + "]}").getBytes(UTF_8));
        assertInvalid(HexFormat.of().parseHex("81a201042041aa"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "null", "<html>", "{\"keys\":{}}", "{\"keys\":[1]}"})
    void refusesGarbage(String document) {
        assertInvalid(document.getBytes(UTF_8));
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        assertInvalid(new byte[] {'{', (byte) 0xff, '}'});
    }
}
