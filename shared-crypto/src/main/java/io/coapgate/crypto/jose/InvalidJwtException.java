package io.coapgate.crypto.jose;

import static java.util.Objects.requireNonNull;

/** A JWT that is not accepted. Messages hold nothing of the token. */
public final class InvalidJwtException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why a token was refused. */
    public enum Reason {
        /** Longer than {@link JwtVerifier#MAX_TOKEN_LENGTH}. */
        TOO_LARGE,
        /** Not a compact JWS with JSON objects in canonical base64url, or a claim of the wrong type. */
        MALFORMED,
        /** {@code none}, an HMAC, or anything else that {@link JwtAlgorithm} does not list. */
        UNSUPPORTED_ALGORITHM,
        /** The header names critical extensions; none is understood. */
        CRITICAL_EXTENSION,
        /** The header's {@code typ} is not {@code at+jwt}. */
        WRONG_TYPE,
        /** The header has no {@code kid}, or none that the key set knows: the keys may have been rotated. */
        UNKNOWN_KEY,
        /** The header's algorithm is not the one of the key that it names. */
        ALGORITHM_MISMATCH,
        /** The signature is not the key's. */
        BAD_SIGNATURE,
        /** A claim that every access token must have is missing (RFC 9068 §2.2). */
        MISSING_CLAIM,
        /** Another issuer's. */
        WRONG_ISSUER,
        /** Meant for another audience. */
        WRONG_AUDIENCE,
        /** {@code exp} is past. */
        EXPIRED,
        /** {@code nbf} or {@code iat} is still to come. */
        NOT_YET_VALID
    }

    private final Reason reason;

    InvalidJwtException(Reason reason) {
        super("JWT refused: " + reason);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Why the token was refused. */
    public Reason reason() {
        return reason;
    }
}
