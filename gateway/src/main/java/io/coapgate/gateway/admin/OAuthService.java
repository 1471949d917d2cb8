package io.coapgate.gateway.admin;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.gateway.issuing.AuthenticatedClient;
import io.coapgate.gateway.issuing.ClientAuthenticator;
import io.coapgate.gateway.issuing.FailedAttempts;
import io.coapgate.gateway.issuing.JwtGrants;
import io.coapgate.gateway.issuing.JwtInspections;
import io.coapgate.gateway.issuing.OAuthError;
import io.coapgate.gateway.issuing.OAuthRefusedException;
import io.coapgate.gateway.upstream.BearerToken;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorization server for clients over HTTP: {@code POST /oauth2/token}, RFC 6749 §4.4, by client credentials alone;
 * {@code /oauth2/introspect}, RFC 7662, and {@code /oauth2/revoke}, RFC 7009, for the JWTs that it makes.
 * Thread-safe.
 */
public final class OAuthService {
    private static final Logger LOG = LoggerFactory.getLogger(OAuthService.class);
    public static final String TOKEN_PATH = "/oauth2/token";
    public static final String INTROSPECTION_PATH = "/oauth2/introspect";
    public static final String REVOCATION_PATH = "/oauth2/revoke";

    private static final String JSON = "application/json";
    private static final String BEARER = "Bearer ";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final ClientLogin login;
    private final JwtGrants grants;
    private final JwtInspections inspections;
    private final Clock clock;

    public OAuthService(ClientAuthenticator authenticator, JwtGrants grants, JwtInspections inspections, Clock clock) {
        this.login = new ClientLogin(authenticator, new FailedAttempts(clock));
        this.grants = grants;
        this.inspections = inspections;
        this.clock = clock;
    }

    Map<String, PostEndpoint> endpoints() {
        return Map.of(
                TOKEN_PATH,
                request -> answer(request, this::token),
                INTROSPECTION_PATH,
                request -> answer(request, this::introspect),
                REVOCATION_PATH,
                request -> answer(request, this::revoke));
    }

    private CompletionStage<Page> token(AuthenticatedClient client, Form form) throws OAuthRefusedException {
        String grantType = required(form, "grant_type");
        if (!grantType.equals("client_credentials")) {
            throw new OAuthRefusedException(OAuthError.UNSUPPORTED_GRANT_TYPE, "client_credentials only");
        }
        JwtGrants.Granted granted = grants.grant(client, audience(form), form.find("scope"));
        return granted.token().handle((token, failure) -> failure == null ? page(token, granted) : unavailable());
    }

    /** RFC 7662 §2.2. */
    private CompletionStage<Page> introspect(AuthenticatedClient client, Form form) throws OAuthRefusedException {
        Map<String, Object> answer = new LinkedHashMap<>();
        try {
            inspections.introspect(client, required(form, "token")).ifPresent(jwt -> answer.putAll(jwt.claims()));
        } catch (IOException e) {
            LOG.error("nobody can be told whether a token has been revoked", e);
            return completedFuture(unavailable());
        }
        answer.put("active", !answer.isEmpty()); // no claim of that name has a say
        return completedFuture(json(Json.write(answer), OK));
    }

    /** RFC 7009 §2.2. */
    private CompletionStage<Page> revoke(AuthenticatedClient client, Form form) throws OAuthRefusedException {
        try {
            inspections.revoke(client, required(form, "token"));
            return completedFuture(json("{}", OK));
        } catch (IOException e) {
            LOG.error("a token could not be revoked", e);
            return completedFuture(unavailable());
        }
    }

    private static String required(Form form, String name) throws OAuthRefusedException {
        return form.find(name).orElseThrow(() -> new OAuthRefusedException(OAuthError.INVALID_REQUEST, "no " + name));
    }

    private CompletionStage<Page> answer(PostRequest request, Answer answer) {
        try {
            Form form = Form.parse(request.contentType(), request.body());
            return answer.to(login.authenticate(request, form), form);
        } catch (OAuthRefusedException e) {
            return completedFuture(page(e));
        } catch (TooManyFailuresException e) {
            return completedFuture(Page.failure(TOO_MANY_REQUESTS, "Too Many Requests")
                    .with("retry-after", Long.toString(FailedAttempts.WINDOW.toSeconds())));
        }
    }

    /** RFC 8707 §2; {@code audience} is what some call it. */
    private static Optional<String> audience(Form form) throws OAuthRefusedException {
        Optional<String> resource = form.find("resource");
        Optional<String> audience = form.find("audience");
        if (resource.isPresent() && audience.isPresent() && !resource.equals(audience)) {
            throw new OAuthRefusedException(OAuthError.INVALID_TARGET, "resource and audience differ");
        }
        return resource.or(() -> audience);
    }

    /** RFC 6749 §5.1; the scope is told always. */
    private Page page(BearerToken token, JwtGrants.Granted granted) {
        String compact = token.authorization().substring(BEARER.length());
        long seconds = Duration.between(clock.instant(), token.expiresAt()).toSeconds();
        return json(
                "{\"access_token\":" + Json.quote(compact) + ",\"token_type\":\"Bearer\",\"expires_in\":" + seconds
                        + ",\"scope\":" + Json.quote(granted.scopes().text()) + "}",
                OK);
    }

    /** RFC 6749 §5.2. */
    private static Page page(OAuthRefusedException e) {
        String body = "{\"error\":" + Json.quote(e.error().code()) + ",\"error_description\":"
                + Json.quote(e.description()) + "}";
        return e.error() == OAuthError.INVALID_CLIENT
                ? json(body, UNAUTHORIZED).with("www-authenticate", "Basic realm=\"coapgate\"")
                : json(body, BAD_REQUEST);
    }

    private static Page unavailable() {
        return Page.failure(UNAVAILABLE, "Service Unavailable").with("retry-after", "1");
    }

    private static Page json(String body, int status) {
        return Page.of(status, JSON, body).with("pragma", "no-cache");
    }

    private interface Answer {
        CompletionStage<Page> to(AuthenticatedClient client, Form form) throws OAuthRefusedException;
    }
}
