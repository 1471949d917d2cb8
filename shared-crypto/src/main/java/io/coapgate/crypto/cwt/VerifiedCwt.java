package io.coapgate.crypto.cwt;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Thumbprint;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a token was verified: only {@link CwtVerifier} can make one. Immutable.
 *
 * <p>It says that a trusted issuer made these claims and that they held when verified. It does not say that the
 * presenter holds the key of {@code cnf}, nor that the token is still valid later: the bearer of this object checks both.
 */
public final class VerifiedCwt {

    private final CwtClaims claims;
    private final String issuer;
    private final Instant expiresAt;
    private final @Nullable CoseAlgorithm algorithm;
    private final @Nullable KeyId keyId;
    private final int size;
    private final Thumbprint contentThumbprint;
    private final @Nullable Confirmation confirmation;

    VerifiedCwt(ParsedCwt token, String issuer, Instant expiresAt, Optional<Confirmation> confirmation) {
        this.claims = token.claims();
        this.issuer = issuer;
        this.expiresAt = expiresAt;
        this.algorithm = token.headers().algorithm();
        this.keyId = token.headers().keyId().orElse(null);
        this.size = token.size();
        this.contentThumbprint = token.contentThumbprint();
        this.confirmation = confirmation.orElse(null);
    }

    /** One that its issuer vouches for itself. */
    VerifiedCwt(CwtClaims claims, String issuer, Instant expiresAt, Optional<Confirmation> confirmation, byte[] token) {
        this.claims = claims;
        this.issuer = issuer;
        this.expiresAt = expiresAt;
        this.algorithm = null;
        this.keyId = null;
        this.size = token.length;
        this.contentThumbprint = Thumbprint.ofContent(token);
        this.confirmation = confirmation.orElse(null);
    }

    /** The same with another end. */
    VerifiedCwt(VerifiedCwt same, Instant expiresAt) {
        this.claims = same.claims;
        this.issuer = same.issuer;
        this.expiresAt = expiresAt;
        this.algorithm = same.algorithm;
        this.keyId = same.keyId;
        this.size = same.size;
        this.contentThumbprint = same.contentThumbprint;
        this.confirmation = same.confirmation;
    }

    public CwtClaims claims() {
        return claims;
    }

    /** {@code iss}, whose key verified the token. */
    public String issuer() {
        return issuer;
    }

    /** {@code cnf}, the key that the presenter must have; decrypted, if it came encrypted. */
    public Optional<Confirmation> confirmation() {
        return Optional.ofNullable(confirmation);
    }

    /** {@code exp}, or what {@code exi} makes of the time of arrival; no leeway added. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * What vouches for the issuer: signature, MAC, or, if the token has neither, its encryption. Empty if the issuer was asked
     * itself.
     */
    public Optional<CoseAlgorithm> algorithm() {
        return Optional.ofNullable(algorithm);
    }

    /** The key identifier that the token named, if it did. */
    public Optional<KeyId> keyId() {
        return Optional.ofNullable(keyId);
    }

    /** The size of the token in bytes. */
    public int size() {
        return size;
    }

    /**
     * SHA-256 over what the issuer authenticated, protected header and claims, or over a token that it was asked about: nobody but the issuer can vary it. Recognise a
     * token by this and not by its bytes: anybody may change the unprotected headers or turn one ECDSA signature into another.
     */
    public Thumbprint contentThumbprint() {
        return contentThumbprint;
    }

    @Override
    public String toString() {
        return "VerifiedCwt[" + claims + (algorithm == null ? "" : ", " + algorithm)
                + (keyId == null ? "" : ", kid " + keyId) + "]";
    }
}
