package io.coapgate.gateway.trust;

import io.coapgate.crypto.ace.IntrospectionResponse;
import java.util.concurrent.CompletionStage;

/** Asks an authorization server about one token, by HTTP or by CoAP. Thread-safe; never blocks and never throws. */
@FunctionalInterface
public interface Introspector {
    /**
     * What it says of the token at this moment, in bounded time.
     *
     * @return completed exceptionally with {@link IntrospectionException} if there is no answer that can be used
     */
    CompletionStage<IntrospectionResponse> introspect(byte[] token);
}
