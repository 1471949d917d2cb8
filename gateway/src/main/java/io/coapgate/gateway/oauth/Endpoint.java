package io.coapgate.gateway.oauth;

import java.net.URI;

/**
 * Where token requests go.
 *
 * @param audience whom that what the gateway signs for it is for, RFC 7523 §3
 */
record Endpoint(URI url, String audience) {}
