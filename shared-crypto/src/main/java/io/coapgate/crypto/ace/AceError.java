package io.coapgate.crypto.ace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The error codes of the token endpoint with their CBOR abbreviations (RFC 9200 §5.8.3, Table 3). */
public enum AceError {
    INVALID_REQUEST(1),
    INVALID_CLIENT(2),
    INVALID_GRANT(3),
    UNAUTHORIZED_CLIENT(4),
    UNSUPPORTED_GRANT_TYPE(5),
    INVALID_SCOPE(6),
    /** The resource server can't process the key that the client named. */
    UNSUPPORTED_POP_KEY(7),
    /** Client and resource server have no profile in common. */
    INCOMPATIBLE_ACE_PROFILES(8);

    private final int code;

    AceError(int code) {
        this.code = code;
    }

    /** The error with this abbreviation. */
    public static Optional<AceError> ofCode(int code) {
        return Arrays.stream(values()).filter(error -> error.code == code).findFirst();
    }

    /** The CBOR abbreviation. */
    public int code() {
        return code;
    }

    /** The name that OAuth over HTTP uses, for example {@code invalid_request}. */
    public String oauthName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
