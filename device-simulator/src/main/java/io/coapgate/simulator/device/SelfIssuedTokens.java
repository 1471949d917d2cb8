package io.coapgate.simulator.device;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.key.HkdfSha256;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * CWTs that a device issues to itself, the CBOR counterpart of {@code private_key_jwt} (RFC 7523 §2.2): {@code iss} and
 * {@code sub} are the device, {@code cti} is random, and the key is the one that the device authenticates its DTLS
 * session with.
 *
 * <p>Signed with ES256 or EdDSA where that is a key pair. A pre-shared key never leaves its protocol: tokens get an HMAC
 * 256/256 by a key derived from it, HKDF-SHA-256 without salt and with {@code info} "coapgate self-issued CWT".
 * Thread-safe.
 */
public final class SelfIssuedTokens implements TokenSource {
    private static final byte[] INFO = "coapgate self-issued CWT".getBytes(StandardCharsets.US_ASCII);
    private static final int MAC_KEY_BYTES = 32;
    private static final int CTI_BYTES = 8;

    private final CwtIssuer issuer;
    private final TokenGrant grant;
    private final Clock clock;
    private final SecureRandom random;

    /** @throws IllegalArgumentException if the credential's key is none that COSE can sign with here */
    public SelfIssuedTokens(
            String deviceId, Credential credential, TokenGrant grant, Clock clock, SecureRandom random) {
        this.issuer = new CwtIssuer(deviceId, signingKey(credential));
        this.grant = grant;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public byte[] token() {
        return issuer.issue(claims(issuer.name(), grant, clock.instant(), random)
                .subject(issuer.name())
                .build());
    }

    static CwtClaims.Builder claims(String subject, TokenGrant grant, Instant now, SecureRandom random) {
        byte[] cti = new byte[CTI_BYTES];
        random.nextBytes(cti);
        return CwtClaims.builder()
                .subject(subject)
                .audience(grant.audience())
                .scope(grant.scope())
                .issuedAt(now)
                .expiresAt(now.plus(grant.lifetime()))
                .id(CwtId.of(cti));
    }

    /** The key that the device makes its own tokens with. */
    static SigningKey signingKey(Credential credential) {
        try {
            if (credential instanceof Credential.PreSharedKey psk) {
                SecretBytes macKey = HkdfSha256.derive(psk.key(), new byte[0], INFO, MAC_KEY_BYTES);
                return SigningKey.of(CoseAlgorithm.HMAC_256_256, macKey);
            }
            KeyPair keys = credential instanceof Credential.RawPublicKey rpk
                    ? rpk.keys()
                    : ((Credential.Certificate) credential).keys();
            return signingKey(keys);
        } catch (CoseException e) {
            throw new IllegalArgumentException("this credential's key can't sign a CWT", e);
        }
    }

    static SigningKey signingKey(KeyPair keys) throws CoseException {
        boolean ellipticCurve = keys.getPublic().getAlgorithm().equals("EC");
        return SigningKey.of(ellipticCurve ? CoseAlgorithm.ES256 : CoseAlgorithm.EDDSA, keys.getPrivate());
    }

    /** Whose tokens; no key. */
    @Override
    public String toString() {
        return "SelfIssuedTokens[" + issuer.name() + "]";
    }
}
