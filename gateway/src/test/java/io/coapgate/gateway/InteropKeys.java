package io.coapgate.gateway;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Keys, names and tokens of the ACE working group's interop plan. Its tokens name no client and never expire; those here
 * have {@code sub} and {@code exp} besides, without which no gateway takes a token before its session.
 */
final class InteropKeys {
    static final String CLIENT_1 = "61626304" + "05060708090a0b0c0d0e0f10";
    static final String CLIENT_2 = "01020304" + "05060708090a0b0c0d0e0f10";
    /** What RS1 and RS2 share with the authorization server, for AES-CCM-16-64-128. */
    static final String RS_1 = "a1a2a304" + "05060708090a0b0c0d0e0f10";

    static final String RS_2 = "b1b2b304" + "05060708090a0b0c0d0e0f10";
    /** The {@code Octet_K} of all tokens that carry a symmetric key. */
    static final byte[] PROOF_KEY = hex("6162630405060708090a0b0c0d0e0f10");

    private InteropKeys() {}

    /** The raw public key of Client3, {@code ni:///sha-256;xzLa24yOBeCkos3VFzD2gd83Urohr9TsXqY9nhdDN0w}. */
    static KeyPair client3() {
        return pair(
                "12d6e8c4d28f83110a57d253373cad52f01bc447e4093541f643b385e179c110",
                "283b3d8d28ffa59fe5cb540412a750fa8dfa34f6da69bcda68400d679c1347e8",
                "a43baa7ed22ff2699ba62ca4999359b146f065a95c4e46017cd25eb89a94ad29");
    }

    /** The raw public key of RS2, {@code ni:///sha-256;sU09Kz-RXT8izVvD3n7v3d5vHVGF1NcYShZZ-oczcVE}. */
    static KeyPair rs2() {
        return pair(
                "73b7d755827d5d59d73fd4015d47b445762f7cdb59799cd966714ab2727f1ba5",
                "1a84f5c82797643d33f7e6e6afcf016522238ce430e1bf21a218e6b4deeac37a",
                "ea086573c683477d74eb7a0c63a6d031d5deb10f3cc2876fda6d3400caa4e507");
    }

    /** The plan writes {@code -4} with a zero byte in front, which RFC 9053 §7.1.1 does not have. */
    private static KeyPair pair(String x, String y, String d) {
        try {
            CoseKey key = CoseKey.decode(hex("a501022001215820" + x + "225820" + y + "235820" + d));
            return new KeyPair(key.publicKey().orElseThrow(), key.privateKey().orElseThrow());
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code {COSE_Key: {kty: Symmetric, kid: …, Octet_K: …}}} */
    static Confirmation symmetric(String kid) {
        return Confirmation.of(CoseKey.ofSecret(SecretBytes.copyOf(PROOF_KEY)).withKeyId(KeyId.of(hex(kid))));
    }

    static Confirmation client3Key() {
        try {
            return Confirmation.of(CoseKey.ofPublicKey(client3().getPublic()).withAlgorithm(CoseAlgorithm.ES256));
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code 16([h'A1010A', {5: IV}, ciphertext])}, of {@code AS}, for ten minutes. */
    static byte[] token(String sharedKey, String client, String audience, String scope, Confirmation key) {
        CwtClaims claims = CwtClaims.builder()
                .subject(client)
                .audience(audience)
                .expiresAt(Instant.now().plus(Duration.ofMinutes(10)))
                .scope(scope)
                .confirmation(key)
                .build();
        try {
            EncryptionKey encryption =
                    EncryptionKey.of(CoseAlgorithm.AES_CCM_16_64_128, SecretBytes.copyOf(hex(sharedKey)));
            return CwtIssuer.encrypting("AS", encryption, new SecureRandom()).issue(claims);
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
