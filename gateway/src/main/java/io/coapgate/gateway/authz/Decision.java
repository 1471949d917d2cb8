package io.coapgate.gateway.authz;

import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Instant;

/** Whether a device may do what it asks. */
public sealed interface Decision {

    /** Proof that it may; only {@link Authorizer} makes one. */
    final class Granted implements Decision {
        private final ScopeSet scopes;
        private final Instant notAfter;

        Granted(ScopeSet scopes, Instant notAfter) {
            this.scopes = scopes;
            this.notAfter = notAfter;
        }

        /** What the JWT may say: the granted scopes that the route's audience knows. */
        public ScopeSet scopes() {
            return scopes;
        }

        /** No JWT may outlive this. */
        public Instant notAfter() {
            return notAfter;
        }
    }

    record Denied(Refusal reason) implements Decision {}
}
