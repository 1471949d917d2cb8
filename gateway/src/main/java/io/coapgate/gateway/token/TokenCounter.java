package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

/**
 * What counts tokens with {@code exi}: an issuer does, for each of its resource servers by itself (RFC 9200 §5.10.3).
 *
 * @param resourceServer the name by which the issuer knows this gateway
 */
public record TokenCounter(String issuer, String resourceServer) {
    public TokenCounter {
        requireNonNull(issuer, "issuer");
        requireNonNull(resourceServer, "resourceServer");
    }
}
