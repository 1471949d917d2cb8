package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;

/** What the registry says of the credential that a peer names in a handshake. */
public sealed interface Authentication {

    /** The credential is in force; the handshake must still prove possession of its key. */
    record Accepted(AuthenticatedDevice device) implements Authentication {
        public Accepted {
            requireNonNull(device, "device");
        }
    }

    record Refused(Refusal reason) implements Authentication {
        public Refused {
            requireNonNull(reason, "reason");
        }
    }
}
