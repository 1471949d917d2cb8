package io.coapgate.gateway.issuing;

import java.util.Locale;

/** Why a client gets no token over HTTP, RFC 6749 §5.2 and RFC 8707 §2. */
public enum OAuthError {
    INVALID_REQUEST,
    INVALID_CLIENT,
    UNAUTHORIZED_CLIENT,
    UNSUPPORTED_GRANT_TYPE,
    INVALID_SCOPE,
    INVALID_TARGET;

    /** The value of {@code error}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
