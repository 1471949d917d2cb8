package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.CwtClaims;
import java.util.concurrent.CompletionStage;

/** What is known of tokens that are no CWTs: their authorization server is asked (RFC 9200 §5.9). Thread-safe. */
public interface OpaqueTokens {
    /** The authorization server's name, which tokens held by sessions go by. */
    String issuer();

    /**
     * What the authorization server says of a token that is active. Never blocks.
     *
     * @return completed exceptionally with {@link TokenRefusedException}: {@code TOKEN_INACTIVE} or
     *     {@code TOKEN_INTROSPECTION_FAILED}
     */
    CompletionStage<CwtClaims> claimsOf(byte[] token);
}
