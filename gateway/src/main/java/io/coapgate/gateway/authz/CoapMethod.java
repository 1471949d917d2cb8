package io.coapgate.gateway.authz;

import java.util.Optional;

/** The CoAP methods of RFC 7252 §5.8 and RFC 8132. */
public enum CoapMethod {
    GET("GET", 0, true, true),
    POST("POST", 1, false, false),
    PUT("PUT", 2, false, true),
    DELETE("DELETE", 3, false, true),
    FETCH("FETCH", 4, true, true),
    PATCH("PATCH", 5, false, false),
    IPATCH("iPATCH", 6, false, true);

    private final String text;
    private final int number;
    private final boolean safe;
    private final boolean idempotent;

    CoapMethod(String text, int number, boolean safe, boolean idempotent) {
        this.text = text;
        this.number = number;
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

    /** Its bit in a set of methods, RFC 9237 §2.2. */
    long bit() {
        return 1L << number;
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
