package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.gateway.device.DeviceId;

/**
 * What a resource server is told of a token, RFC 9200 §5.9, RFC 7662 §2.2: of one that is for it and valid now, what it says;
 * of every other one that it is not active, be it unknown, ended, revoked or another server's. Thread-safe;
 * waits for what changes the tokens.
 */
public final class Introspection {
    private final IssuedTokens tokens;
    private final TokenReaders readers;
    private final String issuer;

    /** @param issuer the {@code iss} of all tokens */
    public Introspection(IssuedTokens tokens, TokenReaders readers, String issuer) {
        this.tokens = tokens;
        this.readers = readers;
        this.issuer = issuer;
    }

    /** Whether the device may ask at all. */
    public boolean isFor(DeviceId asker) {
        return readers.isResourceServer(asker);
    }

    public IntrospectionResponse answer(DeviceId asker, TokenHash token) {
        return tokens.find(token)
                .filter(issued -> readers.isAudience(asker, issued))
                .map(issued -> IntrospectionResponse.active(
                        issued.claims().toBuilder().issuer(issuer).build()))
                .orElse(IntrospectionResponse.INACTIVE);
    }
}
