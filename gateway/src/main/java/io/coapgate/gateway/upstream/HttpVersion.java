package io.coapgate.gateway.upstream;

/** How an upstream is spoken to. */
public enum HttpVersion {
    HTTP_1_1,
    /**
     * RFC 9113. With http by prior knowledge; with https by ALPN, and a service that doesn't speak it is spoken to in
     * HTTP/1.1.
     */
    HTTP_2
}
