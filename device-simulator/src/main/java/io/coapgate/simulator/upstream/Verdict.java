package io.coapgate.simulator.upstream;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.VerifiedJwt;

/** What the resource server makes of a request's credentials. */
public sealed interface Verdict {

    /** Its JWT was verified and has the scope that the method needs. */
    record Accepted(VerifiedJwt jwt) implements Verdict {
        public Accepted {
            requireNonNull(jwt, "jwt");
        }
    }

    /** Nobody looked: the server is there to be fast. */
    record Unchecked() implements Verdict {}

    /**
     * Refused, as RFC 6750 §3 says.
     *
     * @param status the HTTP status code
     * @param error the error code of RFC 6750 §3.1; empty where no credentials came at all
     * @param reason in a few words, for the one who develops the client
     */
    record Refused(int status, String error, String reason) implements Verdict {
        private static final int UNAUTHORIZED = 401;
        private static final int FORBIDDEN = 403;
        private static final int UNAVAILABLE = 503;

        static Refused missing() {
            return new Refused(UNAUTHORIZED, "", "no bearer token");
        }

        static Refused invalid(String reason) {
            return new Refused(UNAUTHORIZED, "invalid_token", reason);
        }

        static Refused insufficientScope(String needed) {
            return new Refused(FORBIDDEN, "insufficient_scope", "needs " + needed);
        }

        static Refused withoutKeys() {
            return new Refused(UNAVAILABLE, "", "the issuer's keys can't be fetched");
        }

        /** Whether other credentials would help. */
        boolean isChallenge() {
            return status != UNAVAILABLE;
        }

        /** The value of {@code WWW-Authenticate}. */
        String challenge(String realm) {
            return error.isEmpty()
                    ? "Bearer realm=\"" + realm + '"'
                    : "Bearer realm=\"" + realm + "\", error=\"" + error + "\", error_description=\"" + reason + '"';
        }
    }
}
