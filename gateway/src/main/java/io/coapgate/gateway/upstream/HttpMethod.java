package io.coapgate.gateway.upstream;

/** The HTTP methods that CoAP requests are mapped to. */
public enum HttpMethod {
    GET,
    POST,
    PUT,
    DELETE,
    /** RFC 5789. */
    PATCH,
    /** Safe, with a body; for services that know it. */
    QUERY;

    /** True if it asks for nothing but an answer, RFC 9110 §9.2.1. */
    public boolean isSafe() {
        return this == GET || this == QUERY;
    }

    /** True if a repetition changes nothing more, RFC 9110 §9.2.2. */
    public boolean isIdempotent() {
        return this != POST && this != PATCH;
    }
}
