package io.coapgate.gateway.token;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.key.HkdfSha256;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An authorization server, and devices that issue their own tokens, for tests. */
public final class Cwts {
    public static final String AS = "coaps://as.example";
    public static final String GATEWAY = "coapgate";
    public static final KeyPair AS_KEYS = Devices.p256();
    public static final ScopeSet KNOWN_SCOPES = ScopeSet.of("read", "write");

    private Cwts() {}

    public static AdmissionSettings settings() {
        return new AdmissionSettings(
                new CwtPolicy(Set.of(GATEWAY), Duration.ofSeconds(30), Duration.ofHours(24), 1024, false, false),
                List.of(TrustedIssuer.of(AS, List.of(verificationKey()))),
                true,
                2,
                100);
    }

    /** With an authorization server of this name that shares a key for encryption, beside the usual one's. */
    static AdmissionSettings settingsWith(String issuer, CoseAlgorithm algorithm, SecretBytes key) {
        try {
            List<RecipientKey> keys = new ArrayList<>(List.of(DecryptionKey.of(algorithm, key)));
            List<TrustedIssuer> issuers = new ArrayList<>();
            if (issuer.equals(AS)) {
                keys.add(verificationKey());
            } else {
                issuers.add(TrustedIssuer.of(AS, List.of(verificationKey())));
            }
            issuers.add(TrustedIssuer.of(issuer, keys));
            return new AdmissionSettings(settings().policy(), issuers, true, 2, 100);
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VerificationKey verificationKey() {
        try {
            return VerificationKey.of(CoseAlgorithm.ES256, AS_KEYS.getPublic()).withKeyId(KeyId.ofUtf8("as-1"));
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What every test token has in common. */
    public static CwtClaims.Builder claims(Instant now, String scope) {
        return CwtClaims.builder()
                .audience(GATEWAY)
                .issuedAt(now)
                .expiresAt(now.plusSeconds(600))
                .scope(scope);
    }

    public static byte[] issuedByAs(CwtClaims claims) {
        return new CwtIssuer(AS, asSigner()).issue(claims);
    }

    private static SigningKey asSigner() {
        try {
            return SigningKey.of(CoseAlgorithm.ES256, AS_KEYS.getPrivate()).withKeyId(KeyId.ofUtf8("as-1"));
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] selfIssued(String device, SecretBytes psk, CwtClaims claims) {
        byte[] info = "coapgate self-issued CWT".getBytes(StandardCharsets.US_ASCII);
        SecretBytes key = HkdfSha256.derive(psk, new byte[0], info, 32);
        try {
            return new CwtIssuer(device, SigningKey.of(CoseAlgorithm.HMAC_256_256, key)).issue(claims);
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] selfIssued(String device, KeyPair keys, CwtClaims claims) {
        CoseAlgorithm algorithm =
                keys.getPublic().getAlgorithm().equals("EC") ? CoseAlgorithm.ES256 : CoseAlgorithm.EDDSA;
        try {
            return new CwtIssuer(device, SigningKey.of(algorithm, keys.getPrivate())).issue(claims);
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Confirmation confirmation(PublicKey key) {
        try {
            return Confirmation.of(CoseKey.ofPublicKey(key));
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static CwtId id(int number) {
        return CwtId.of(new byte[] {(byte) number});
    }
}
