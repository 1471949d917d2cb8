package io.coapgate.gateway.authz;

import java.util.Optional;

/** The CoAP methods of RFC 7252 §5.8 and RFC 8132. */
public enum CoapMethod {
    GET("GET", true, true),
    POST("POST", false, false),
    PUT("PUT", false, true),
    DELETE("DELETE", false, true),
    FETCH("FETCH", true, true),
    PATCH("PATCH", false, false),
    IPATCH("iPATCH", false, true);

    private final String text;
    private final boolean safe;
    private final boolean idempotent;

    CoapMethod(String text, boolean safe, boolean idempotent) {
        this.text = text;
        this.safe = safe;
        this.idempotent = idempotent;
    }

    /** The method of this name, written as the RFCs do: {@code iPATCH}. */
    public static Optional<CoapMethod> named(String text) {
        for (CoapMethod method : values()) {
            if (method.text.equals(text)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** True if the request asks for nothing but an answer, RFC 7252 §5.1, RFC 8132 §2.1. */
    public boolean isSafe() {
        return safe;
    }

    /** True if repeating the request changes nothing more, RFC 7252 §5.1, RFC 8132 §3. */
    public boolean isIdempotent() {
        return idempotent;
    }

    @Override
    public String toString() {
        return text;
    }
}
