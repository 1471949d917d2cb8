package io.coapgate.gateway.oauth;

import java.net.URI;
import java.util.List;

/** Where an issuer's metadata may be. */
final class MetadataUrls {
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private MetadataUrls() {}

    /**
     * RFC 8414 §3.1 puts the well-known name between host and path; OpenID Connect Discovery, which §5 of the RFC speaks
     * of, appends its own to the path; some servers append RFC 8414's too.
     */
    static List<URI> of(URI issuer) {
        String path = issuer.getRawPath() == null ? "" : issuer.getRawPath();
        String stripped = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(
                        issuer.resolve(OAUTH + stripped),
                        issuer.resolve(stripped + OPENID),
                        issuer.resolve(stripped + OAUTH))
                .stream()
                .distinct()
                .toList();
    }
}
