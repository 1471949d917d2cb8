package io.coapgate.gateway.upstream;

/** The HTTP methods that CoAP requests are mapped to. */
public enum HttpMethod {
    GET,
    POST,
    PUT,
    DELETE
}
