package io.coapgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coapgate.gateway.issuing.AuthenticatedClient;
import io.coapgate.gateway.issuing.ClientAuthenticator;
import io.coapgate.gateway.issuing.FailedAttempts;
import io.coapgate.gateway.issuing.OAuthError;
import io.coapgate.gateway.issuing.OAuthRefusedException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** How a client shows who it is: one way of {@code client_secret_basic} and {@code private_key_jwt}, and only one. */
final class ClientLogin {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String BASIC = "basic ";

    private final ClientAuthenticator authenticator;
    private final FailedAttempts failures;

    ClientLogin(ClientAuthenticator authenticator, FailedAttempts failures) {
        this.authenticator = authenticator;
        this.failures = failures;
    }

    /** @throws TooManyFailuresException if it failed too often to be listened to now */
    AuthenticatedClient authenticate(PostRequest request, Form form)
            throws OAuthRefusedException, TooManyFailuresException {
        boolean basic = !request.authorization().isEmpty();
        Optional<String> assertion = form.find("client_assertion");
        if (form.find("client_secret").isPresent()) {
            throw new OAuthRefusedException(OAuthError.INVALID_CLIENT, "no secret is taken from the body");
        }
        if (basic && assertion.isPresent()) {
            throw new OAuthRefusedException(OAuthError.INVALID_REQUEST, "more than one way of authentication");
        }
        if (basic) {
            return bySecret(request, form);
        }
        if (assertion.isEmpty() || !form.find("client_assertion_type").equals(Optional.of(ASSERTION_TYPE))) {
            throw new OAuthRefusedException(OAuthError.INVALID_CLIENT, "the client must authenticate");
        }
        return counting(
                form.find("client_id").orElse("(by assertion)"),
                request,
                () -> authenticator.byAssertion(assertion.get(), form.find("client_id")));
    }

    private AuthenticatedClient bySecret(PostRequest request, Form form)
            throws OAuthRefusedException, TooManyFailuresException {
        String[] pair = credentials(request.authorization());
        String clientId = Form.decode(pair[0]);
        String secret = Form.decode(pair[1]);
        if (form.find("client_id").filter(id -> !id.equals(clientId)).isPresent()) {
            throw new OAuthRefusedException(OAuthError.INVALID_REQUEST, "client_id is another client");
        }
        return counting(clientId, request, () -> authenticator.bySecret(clientId, secret.getBytes(UTF_8)));
    }

    /** Both parts are form-encoded (RFC 6749 §2.3.1). */
    private static String[] credentials(String authorization) throws OAuthRefusedException {
        if (authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            try {
                byte[] decoded = Base64.getDecoder()
                        .decode(authorization.substring(BASIC.length()).strip());
                String[] pair = new String(decoded, UTF_8).split(":", 2);
                if (pair.length == 2) {
                    return pair;
                }
            } catch (IllegalArgumentException e) {
                // falls through: not base64
            }
        }
        throw new OAuthRefusedException(OAuthError.INVALID_CLIENT, "Basic is the scheme, with id and secret");
    }

    private AuthenticatedClient counting(String client, PostRequest request, Attempt attempt)
            throws OAuthRefusedException, TooManyFailuresException {
        if (failures.areTooMany(client, request.address())) {
            throw new TooManyFailuresException();
        }
        try {
            return attempt.run();
        } catch (OAuthRefusedException e) {
            failures.add(client, request.address());
            throw e;
        }
    }

    private interface Attempt {
        AuthenticatedClient run() throws OAuthRefusedException;
    }
}
