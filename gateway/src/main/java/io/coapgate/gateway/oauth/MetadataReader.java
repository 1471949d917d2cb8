package io.coapgate.gateway.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.as.ReadOnlyAuthorizationServerEndpointMetadata;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamResponse;
import io.coapgate.gateway.upstream.WebRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an issuer's metadata (RFC 8414 §3.2), and takes nothing that another issuer or an open network could gain by. */
final class MetadataReader {
    private static final int OK = 200;

    private final URI issuer;
    private final String audience;
    private final boolean certificateAuthenticates;

    /**
     * @param audience of what is signed for the server; else the issuer itself
     * @param certificateAuthenticates whether token requests come with a client certificate
     */
    MetadataReader(URI issuer, Optional<String> audience, boolean certificateAuthenticates) {
        this.issuer = issuer;
        this.audience = audience.orElse(issuer.toString());
        this.certificateAuthenticates = certificateAuthenticates;
    }

    /** @throws FailedAsk if it is no metadata of this issuer, or names no endpoint that may be used */
    Endpoint endpoint(UpstreamResponse answer, Instant now) throws FailedAsk {
        Optional<Failure> busy = Failure.ofBusy(answer, now);
        if (busy.isPresent() || answer.status() != OK) {
            throw busy.map(FailedAsk::new).orElseGet(() -> invalid("status " + answer.status()));
        }
        AuthorizationServerMetadata metadata = parse(answer);
        if (!issuer.toString()
                .equals(metadata.getIssuer().getValue())) { // RFC 8414 §3.3: identical, or it is another's
            throw invalid("it is of another issuer");
        }
        URI url = tokenEndpoint(metadata);
        if (url == null || !WebRequest.isUsable(url) || !WebRequest.isConfidential(url)) {
            throw invalid("it names no token endpoint with https");
        }
        return new Endpoint(url, audience);
    }

    /** RFC 8705 §5: a server may have another place for those who come with a certificate. */
    private @Nullable URI tokenEndpoint(AuthorizationServerMetadata metadata) {
        ReadOnlyAuthorizationServerEndpointMetadata aliases = metadata.getReadOnlyMtlsEndpointAliases();
        return certificateAuthenticates && aliases != null && aliases.getTokenEndpointURI() != null
                ? aliases.getTokenEndpointURI()
                : metadata.getTokenEndpointURI();
    }

    private static AuthorizationServerMetadata parse(UpstreamResponse answer) throws FailedAsk {
        try {
            return AuthorizationServerMetadata.parse(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (ParseException | RuntimeException e) { // whatever a library meets in what a server made up
            throw invalid("it can't be read");
        }
    }

    private static FailedAsk invalid(String detail) {
        return new FailedAsk(Failure.ofAll(Refusal.TOKEN_SERVER_RESPONSE_INVALID, "the server's metadata: " + detail));
    }
}
