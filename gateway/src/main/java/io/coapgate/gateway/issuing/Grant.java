package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.gateway.device.AuthenticatedDevice;

/** Everything that has been decided about a token before it is made. */
record Grant(
        AccessTokenRequest request,
        AuthenticatedDevice client,
        TokenAudience audience,
        GrantedScope scope,
        ProofKey key,
        TokenMaker maker) {
    Grant {
        requireNonNull(request, "request");
        requireNonNull(client, "client");
        requireNonNull(audience, "audience");
        requireNonNull(scope, "scope");
        requireNonNull(key, "key");
        requireNonNull(maker, "maker");
    }
}
