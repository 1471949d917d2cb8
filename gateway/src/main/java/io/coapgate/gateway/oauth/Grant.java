package io.coapgate.gateway.oauth;

/** How a token is asked for. */
public enum Grant {
    /** RFC 8693: a JWT of the gateway's that names the device is exchanged. */
    TOKEN_EXCHANGE,
    /** RFC 7523 §2.1: a JWT of the gateway's that names the device is the grant. */
    JWT_BEARER,
    /** RFC 6749 §4.4: the client asks for itself. */
    CLIENT_CREDENTIALS
}
