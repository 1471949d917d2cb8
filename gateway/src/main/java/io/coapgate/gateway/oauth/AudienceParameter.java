package io.coapgate.gateway.oauth;

/** The request parameter that tells an OAuth server whom a token is for. */
public enum AudienceParameter {
    /** {@code audience}, RFC 8693 §2.1; many servers know it with other grants too. */
    AUDIENCE,
    /** {@code resource}, RFC 8707 §2, an absolute URI. */
    RESOURCE,
    /** None: the client or the scope says it. */
    NONE
}
