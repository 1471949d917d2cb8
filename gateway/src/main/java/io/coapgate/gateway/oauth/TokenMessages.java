package io.coapgate.gateway.oauth;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessAccessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.WebRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes token requests. Signs, where the settings want that, for up to two milliseconds. Thread-safe. */
final class TokenMessages {
    private final OAuthSettings settings;
    private final MessageSettings message;
    private final Assertions assertions;
    private final ClientAuthenticator client;

    TokenMessages(OAuthSettings settings, Assertions assertions) {
        this.settings = settings;
        this.message = settings.message();
        this.assertions = assertions;
        this.client = new ClientAuthenticator(settings.client(), assertions);
    }

    /** @throws FailedAsk if the device lacks what it takes */
    WebRequest message(Ask ask, Endpoint endpoint) throws FailedAsk {
        try {
            HTTPRequest http = request(ask, endpoint, grant(ask, endpoint)).toHTTPRequest();
            return new WebRequest(
                    HttpMethod.POST,
                    endpoint.url(),
                    headers(http),
                    http.getBody().getBytes(StandardCharsets.UTF_8),
                    settings.server().timeout());
        } catch (ParseException e) {
            throw new FailedAsk(Failure.ofOne(Refusal.TOKEN_EXCHANGE_FAILED, "signing failed"));
        }
    }

    private TokenRequest request(Ask ask, Endpoint endpoint, AuthorizationGrant grant)
            throws FailedAsk, ParseException {
        TokenRequest.Builder request =
                new TokenRequest.Builder(endpoint.url(), client.authentication(ask, endpoint), grant);
        String scope = message.scope().fill(ask).strip();
        if (!scope.isEmpty()) {
            request.scope(new Scope(scope.split(" +"))); // its parser would also split at commas
        }
        if (message.audienceParameter() == AudienceParameter.RESOURCE) {
            request.resource(URI.create(ask.audience().value()));
        }
        // A token exchange says the audience itself; to the other grants it is a parameter of the server's own.
        if (message.audienceParameter() == AudienceParameter.AUDIENCE && settings.grant() != Grant.TOKEN_EXCHANGE) {
            request.customParameter("audience", ask.audience().value());
        }
        message.parameters().forEach((name, template) -> request.customParameter(name, template.fill(ask)));
        return request.build();
    }

    private AuthorizationGrant grant(Ask ask, Endpoint endpoint) throws ParseException {
        return switch (settings.grant()) {
            case CLIENT_CREDENTIALS -> new ClientCredentialsGrant();
            case JWT_BEARER ->
                new JWTBearerGrant(SignedJWT.parse(assertions.ofDevice(ask, subject(ask), endpoint.audience())));
            case TOKEN_EXCHANGE -> exchange(ask, endpoint);
        };
    }

    private TokenExchangeGrant exchange(Ask ask, Endpoint endpoint) {
        boolean accessToken = message.subjectIsAccessToken();
        String subject = accessToken
                ? assertions.accessTokenOfDevice(ask, subject(ask), endpoint.audience())
                : assertions.ofDevice(ask, subject(ask), endpoint.audience());
        Token actor = message.actorToken() ? new TypelessAccessToken(assertions.ofGateway(endpoint.audience())) : null;
        return new TokenExchangeGrant(
                new TypelessAccessToken(subject),
                accessToken ? TokenTypeURI.ACCESS_TOKEN : TokenTypeURI.JWT,
                actor,
                actor == null ? null : TokenTypeURI.JWT,
                TokenTypeURI.ACCESS_TOKEN,
                message.audienceParameter() == AudienceParameter.AUDIENCE
                        ? List.of(new Audience(ask.audience().value()))
                        : null);
    }

    private static Ask.Subject subject(Ask ask) {
        return ask.subject().orElseThrow();
    }

    private static List<Header> headers(HTTPRequest http) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("accept", "application/json"));
        http.getHeaderMap().forEach((name, values) -> {
            for (String value : values) {
                headers.add(new Header(name.toLowerCase(Locale.ROOT), value));
            }
        });
        return headers;
    }
}
