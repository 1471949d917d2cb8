package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.ace.AceScope;

/**
 * What a token may say that its bearer may do.
 *
 * @param asAsked whether that is exactly what was asked for, so that the client need not be told (RFC 6749 §5.1)
 */
record GrantedScope(AceScope scope, boolean asAsked) {
    GrantedScope {
        requireNonNull(scope, "scope");
    }
}
