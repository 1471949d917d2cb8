package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceError;
import io.coapgate.gateway.refusal.Refusal;
import java.util.Optional;

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

        /** What the client is told (RFC 9200 §5.8.3, RFC 6749 §5.2); empty if the fault is not the request's. */
        public Optional<AceError> error() {
            return switch (reason) {
                case GRANT_CLIENT, DEVICE_REVOKED, CREDENTIAL_EXPIRED, TOKEN_EXPIRED ->
                    Optional.of(AceError.INVALID_CLIENT);
                case GRANT_UNAUTHORIZED -> Optional.of(AceError.UNAUTHORIZED_CLIENT);
                case GRANT_TYPE -> Optional.of(AceError.UNSUPPORTED_GRANT_TYPE);
                case GRANT_SCOPE -> Optional.of(AceError.INVALID_SCOPE);
                case GRANT_KEY -> Optional.of(AceError.UNSUPPORTED_POP_KEY);
                case GRANT_PROFILE -> Optional.of(AceError.INCOMPATIBLE_ACE_PROFILES);
                case GRANT_QUOTA, INTERNAL_ERROR -> Optional.empty();
                default -> Optional.of(AceError.INVALID_REQUEST);
            };
        }
    }
}
