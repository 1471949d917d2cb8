package io.coapgate.gateway.issuing;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.authz.Tables;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.token.TrustedIssuer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The gateway's own authorization server with a few resource servers around it, for tests. */
public final class AuthorizationServers {
    public static final String ISSUER = "as";
    public static final SecretBytes NAMING_KEY = secret(1);
    public static final SecretBytes MAC_SECRET = secret(2);
    public static final SecretBytes SHARED = secret(3);
    public static final SecretBytes DERIVATION = secret(4);
    public static final SecretBytes CIPHER = SecretBytes.copyOf("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    public static final KeyPair SIGNATURE_KEYS = Devices.p256();
    public static final KeyPair SERVER_KEYS = Devices.p256();
    public static final IssuerKeyRing RING =
            new FixedKeyRing(IssuerKey.ofSecret(MAC_SECRET), IssuerKey.ofKeyPair(SIGNATURE_KEYS));

    private AuthorizationServers() {}

    /** Itself as the first audience, with {@link Tables#temp()}; further ones that sign, MAC, MAC and derive, and encrypt. */
    public static TokenPolicy policy() {
        return new TokenPolicy(
                ISSUER,
                List.of(
                        TokenAudience.own(Cwts.GATEWAY, Cwts.KNOWN_SCOPES, Duration.ofHours(1)),
                        other("signed", new TokenProtection.Signed(), Optional.of(serverKey())),
                        other("maced", new TokenProtection.Maced(macKey(), Optional.empty()), Optional.empty()),
                        other(
                                "deriving",
                                new TokenProtection.Maced(macKey(), Optional.of(DERIVATION)),
                                Optional.empty()),
                        other("encrypted", new TokenProtection.Encrypted(cipherKey()), Optional.of(serverKey()))),
                Tables.temp());
    }

    private static TokenAudience other(String name, TokenProtection protection, Optional<CoseKey> serverKey) {
        return new TokenAudience(name, ScopeSet.of("open", "read"), Duration.ofMinutes(10), protection, serverKey);
    }

    public static AuthorizationServer server(Clock clock, IssuanceListener listener) {
        return new AuthorizationServer(policy(), RING, NAMING_KEY, clock, new SecureRandom(), listener);
    }

    /** Lets no token out. */
    public static IssuanceListener refusing(Refusal reason) {
        return token -> {
            throw new GrantRefusedException(reason);
        };
    }

    public static TrustedIssuer trusted() {
        return new TrustedIssuer(ISSUER, RING);
    }

    static CoseKey serverKey() {
        try {
            return CoseKey.ofPublicKey(SERVER_KEYS.getPublic());
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SigningKey macKey() {
        try {
            return SigningKey.of(CoseAlgorithm.HMAC_256_256, SHARED).withKeyId(KeyId.ofUtf8("rs"));
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EncryptionKey cipherKey() {
        try {
            return EncryptionKey.of(CoseAlgorithm.AES_CCM_16_64_128, CIPHER).withKeyId(KeyId.ofUtf8("RS1"));
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SecretBytes secret(int value) {
        byte[] bytes = new byte[IssuerKey.SECRET_BYTES];
        bytes[0] = (byte) value;
        return SecretBytes.copyOf(bytes);
    }
}
