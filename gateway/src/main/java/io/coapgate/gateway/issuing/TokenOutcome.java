package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceError;
import io.coapgate.gateway.refusal.Refusal;

/** What comes of a request for a token. */
public sealed interface TokenOutcome {

    /** A token for the client. */
    record Issued(AccessTokenResponse response, IssuedToken token) implements TokenOutcome {
        public Issued {
            requireNonNull(response, "response");
            requireNonNull(token, "token");
        }
    }

    /**
     * No token.
     *
     * @param reason for the operator
     */
    record Refused(Refusal reason) implements TokenOutcome {
        public Refused {
            requireNonNull(reason, "reason");
        }

        /** What the client is told (RFC 9200 §5.8.3, RFC 6749 §5.2). */
        public AceError error() {
            return switch (reason) {
                case GRANT_CLIENT, DEVICE_REVOKED, CREDENTIAL_EXPIRED -> AceError.INVALID_CLIENT;
                case GRANT_UNAUTHORIZED -> AceError.UNAUTHORIZED_CLIENT;
                case GRANT_TYPE -> AceError.UNSUPPORTED_GRANT_TYPE;
                case GRANT_SCOPE -> AceError.INVALID_SCOPE;
                case GRANT_KEY -> AceError.UNSUPPORTED_POP_KEY;
                case GRANT_PROFILE -> AceError.INCOMPATIBLE_ACE_PROFILES;
                default -> AceError.INVALID_REQUEST;
            };
        }
    }
}
