package io.coapgate.gateway.oauth;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.upstream.TokenExchangeName;

/**
 * One way to get tokens from an OAuth server.
 *
 * @param name for logs and metrics
 */
public record OAuthSettings(
        TokenExchangeName name,
        Grant grant,
        ServerSettings server,
        ClientSettings client,
        MessageSettings message,
        AnswerSettings answer) {
    public OAuthSettings {
        requireNonNull(name, "name");
        requireNonNull(grant, "grant");
        requireNonNull(server, "server");
        requireNonNull(client, "client");
        requireNonNull(message, "message");
        requireNonNull(answer, "answer");
    }

    /** Whether the server is told of the device, so that its token is of no use to another. */
    boolean isPerDevice() {
        return grant != Grant.CLIENT_CREDENTIALS || client instanceof ClientSettings.OfDevice || message.namesDevice();
    }

    /** Whether the server is told of the scopes. */
    boolean namesScopes() {
        return grant != Grant.CLIENT_CREDENTIALS || message.namesScopes();
    }
}
