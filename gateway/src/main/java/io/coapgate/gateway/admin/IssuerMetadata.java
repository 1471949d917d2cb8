package io.coapgate.gateway.admin;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the issuer of the JWTs says about itself, RFC 8414 §2.
 *
 * <p>It has no authorization endpoint, so that {@code response_types_supported}, which is required, is empty. The grant
 * types are always listed: left out, they would mean {@code authorization_code} and {@code implicit}.
 *
 * @param issuer as in the JWTs' {@code iss}
 * @param jwksUri where an upstream service finds the keys
 * @param grantTypes the grants by which a device may get a token
 * @param tokenEndpoint for clients over HTTP; empty if there is none
 */
public record IssuerMetadata(String issuer, URI jwksUri, List<String> grantTypes, Optional<URI> tokenEndpoint) {
    static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";

    /** Without clients over HTTP. */
    public IssuerMetadata(String issuer, URI jwksUri, List<String> grantTypes) {
        this(issuer, jwksUri, grantTypes, Optional.empty());
    }

    public IssuerMetadata {
        requireNonNull(issuer, "issuer");
        requireNonNull(jwksUri, "jwksUri");
        requireNonNull(tokenEndpoint, "tokenEndpoint");
        grantTypes = List.copyOf(grantTypes);
    }

    /** RFC 8414 §3.1: the issuer's path comes after the well-known one. */
    String path() {
        String path = issuer.startsWith("http:") || issuer.startsWith("https:")
                ? URI.create(issuer).getRawPath()
                : "";
        return path.isEmpty() || path.equals("/") ? WELL_KNOWN : WELL_KNOWN + path;
    }

    /** The three are beside each other. */
    private static String endpoints(URI token) {
        return endpoint("token", token)
                + endpoint("introspection", token.resolve(OAuthService.INTROSPECTION_PATH))
                + endpoint("revocation", token.resolve(OAuthService.REVOCATION_PATH));
    }

    private static String endpoint(String name, URI uri) {
        return ",\"" + name + "_endpoint\":" + Json.quote(uri.toString())
                + ",\"" + name + "_endpoint_auth_methods_supported\":[\"client_secret_basic\",\"private_key_jwt\"]"
                + ",\"" + name + "_endpoint_auth_signing_alg_values_supported\":[\"ES256\",\"EdDSA\"]";
    }

    String toJson() {
        return "{\"issuer\":" + Json.quote(issuer)
                + ",\"jwks_uri\":" + Json.quote(jwksUri.toString())
                + tokenEndpoint.map(IssuerMetadata::endpoints).orElse("")
                + ",\"response_types_supported\":[]"
                + ",\"grant_types_supported\":"
                + grantTypes.stream().map(Json::quote).collect(Collectors.joining(",", "[", "]")) + "}";
    }
}
