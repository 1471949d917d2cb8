package io.coapgate.gateway.authz;

/** The CoAP methods of RFC 7252 §5.8 that can be forwarded. */
public enum CoapMethod {
    GET,
    POST,
    PUT,
    DELETE;

    /** True if repeating the request changes nothing more, RFC 7252 §5.1. */
    public boolean isSafe() {
        return this == GET;
    }
}
