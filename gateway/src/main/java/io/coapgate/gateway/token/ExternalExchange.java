package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.device.OAuthClient;
import io.coapgate.gateway.upstream.TokenExchangeName;
import java.util.Optional;

/**
 * That a token comes from an OAuth server, and from which.
 *
 * @param name of the token exchange
 * @param deviceClient what the device is there
 */
public record ExternalExchange(TokenExchangeName name, Optional<OAuthClient> deviceClient) {
    public ExternalExchange {
        requireNonNull(name, "name");
        requireNonNull(deviceClient, "deviceClient");
    }
}
