package io.coapgate.gateway.exchange;

/** The CoAP response codes that the gateway uses, RFC 7252 §12.1.2, RFC 7959 §2.9, RFC 8516, RFC 8768 §5. */
public enum CoapCode {
    CREATED(2, 1),
    DELETED(2, 2),
    VALID(2, 3),
    CHANGED(2, 4),
    CONTENT(2, 5),
    BAD_REQUEST(4, 0),
    UNAUTHORIZED(4, 1),
    BAD_OPTION(4, 2),
    FORBIDDEN(4, 3),
    NOT_FOUND(4, 4),
    METHOD_NOT_ALLOWED(4, 5),
    NOT_ACCEPTABLE(4, 6),
    REQUEST_ENTITY_INCOMPLETE(4, 8),
    CONFLICT(4, 9),
    PRECONDITION_FAILED(4, 12),
    REQUEST_ENTITY_TOO_LARGE(4, 13),
    UNSUPPORTED_CONTENT_FORMAT(4, 15),
    UNPROCESSABLE_ENTITY(4, 22),
    TOO_MANY_REQUESTS(4, 29),
    INTERNAL_SERVER_ERROR(5, 0),
    NOT_IMPLEMENTED(5, 1),
    BAD_GATEWAY(5, 2),
    SERVICE_UNAVAILABLE(5, 3),
    GATEWAY_TIMEOUT(5, 4),
    PROXYING_NOT_SUPPORTED(5, 5),
    HOP_LIMIT_REACHED(5, 8);

    private final int codeClass;
    private final int detail;

    CoapCode(int codeClass, int detail) {
        this.codeClass = codeClass;
        this.detail = detail;
    }

    /** The code's byte on the wire: three bits of class, five of detail. */
    public int value() {
        return codeClass << 5 | detail;
    }

    public boolean isSuccess() {
        return codeClass == 2;
    }

    /** In the usual notation, for example {@code 4.01}. */
    @Override
    public String toString() {
        return codeClass + "." + (detail < 10 ? "0" : "") + detail;
    }
}
