package io.coapgate.gateway.oauth;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * What token requests say.
 *
 * @param subjectIsAccessToken whether the gateway's JWT is called, and looks like, an access token; else it is a plain JWT
 * @param actorToken whether RFC 8693's {@code actor_token} says that the gateway acts
 * @param assertionAudience the {@code aud} of all that the gateway signs for the server; else its issuer or token endpoint
 * @param scope the {@code scope} parameter; if it comes out blank, none is sent
 * @param parameters further ones, by name
 */
public record MessageSettings(
        boolean subjectIsAccessToken,
        boolean actorToken,
        Optional<String> assertionAudience,
        AudienceParameter audienceParameter,
        Template scope,
        Map<String, Template> parameters) {
    public MessageSettings {
        requireNonNull(assertionAudience, "assertionAudience");
        requireNonNull(audienceParameter, "audienceParameter");
        requireNonNull(scope, "scope");
        parameters = Map.copyOf(parameters);
    }

    boolean namesDevice() {
        return scope.namesDevice() || parameters.values().stream().anyMatch(Template::namesDevice);
    }

    boolean namesScopes() {
        return scope.namesScopes() || parameters.values().stream().anyMatch(Template::namesScopes);
    }
}
