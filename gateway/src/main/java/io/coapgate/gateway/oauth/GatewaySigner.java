package io.coapgate.gateway.oauth;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.JwtSigningKey;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Who vouches for devices to OAuth servers: the gateway, as to services.
 *
 * @param issuer the gateway's name in {@code iss}
 * @param key the one that signs now; answers at once
 * @param executor for what takes a millisecond or two; may refuse work
 */
public record GatewaySigner(String issuer, Supplier<JwtSigningKey> key, Executor executor) {
    public GatewaySigner {
        requireNonNull(issuer, "issuer");
        requireNonNull(key, "key");
        requireNonNull(executor, "executor");
    }
}
