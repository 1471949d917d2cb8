package io.coapgate.crypto.ace;

import static io.coapgate.crypto.ace.AceFormatException.Reason.MISSING_PARAMETER;

/**
 * What a resource server asks about a token at the introspection endpoint, content format 19 (RFC 9200 §5.9.1). Immutable;
 * the token is not looked into. The {@code token_type_hint} is not: one kind of token is all there is.
 */
public final class IntrospectionRequest {
    private final byte[] token;

    private IntrospectionRequest(byte[] owned) {
        this.token = owned;
    }

    public static IntrospectionRequest of(byte[] token) {
        return new IntrospectionRequest(token.clone());
    }

    /**
     * Decodes a request of at most {@code maxBytes}; parameters other than {@code token} are passed over.
     *
     * @throws AceFormatException if it is no such map, or the token is absent or not a byte string
     */
    public static IntrospectionRequest decode(byte[] encoded, int maxBytes) throws AceFormatException {
        return new IntrospectionRequest(AceMap.decode(encoded, maxBytes)
                .bytes(AceParameter.TOKEN)
                .orElseThrow(() -> new AceFormatException(MISSING_PARAMETER, "no token to be introspected")));
    }

    /** A copy. */
    public byte[] token() {
        return token.clone();
    }

    public byte[] encode() {
        return new AceMap().put(AceParameter.TOKEN, token).encode();
    }

    @Override
    public String toString() {
        return "IntrospectionRequest[" + token.length + " bytes]";
    }
}
