package io.coapgate.simulator.upstream;

import io.coapgate.crypto.jose.InvalidJwtException;
import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import io.coapgate.crypto.jose.JwtVerifier;
import io.coapgate.crypto.jose.VerifiedJwt;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JWTs (RFC 9068 §4), and those that name an unknown key a second time after asking the issuer for its keys.
 * A token that was verified is remembered until it expires, so that a device's next request costs no signature check.
 * Thread-safe.
 */
final class JwtCheck {
    private static final int MAX_REMEMBERED = 10_000;

    private final RemoteJwkSet keys;
    private final JwtVerifier verifier;
    private final Duration leeway;
    private final Clock clock;
    /** Guarded by itself. */
    private final Map<String, VerifiedJwt> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, VerifiedJwt> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    JwtCheck(RemoteJwkSet keys, ResourceServerSettings.TokenTrust trust, Clock clock) {
        this.keys = keys;
        this.verifier = new JwtVerifier(keys::current, trust.policy(), clock);
        this.leeway = trust.policy().leeway();
        this.clock = clock;
    }

    /** @param neededScope empty if any token will do */
    Future<Verdict> check(String token, String neededScope) {
        VerifiedJwt known = recall(token);
        if (known != null) {
            return Future.succeededFuture(judged(known, neededScope));
        }
        try {
            return Future.succeededFuture(judged(verify(token), neededScope));
        } catch (InvalidJwtException e) {
            return e.reason() == Reason.UNKNOWN_KEY
                    ? keys.refreshed().map(fetched -> again(token, neededScope))
                    : Future.succeededFuture(refused(e));
        }
    }

    private Verdict again(String token, String neededScope) {
        if (keys.current().keys().isEmpty()) {
            return Verdict.Refused.withoutKeys();
        }
        try {
            return judged(verify(token), neededScope);
        } catch (InvalidJwtException e) {
            return refused(e);
        }
    }

    private VerifiedJwt verify(String token) throws InvalidJwtException {
        VerifiedJwt jwt = verifier.verify(token);
        synchronized (remembered) {
            remembered.put(token, jwt);
        }
        return jwt;
    }

    private @Nullable VerifiedJwt recall(String token) {
        synchronized (remembered) {
            VerifiedJwt jwt = remembered.get(token);
            // exp == now − leeway: expired; verified once more it will be refused for the right reason.
            return jwt != null && jwt.expiresAt().isAfter(clock.instant().minus(leeway)) ? jwt : null;
        }
    }

    private static Verdict judged(VerifiedJwt jwt, String neededScope) {
        return neededScope.isEmpty() || jwt.scope().contains(neededScope)
                ? new Verdict.Accepted(jwt)
                : Verdict.Refused.insufficientScope(neededScope);
    }

    private static Verdict refused(InvalidJwtException e) {
        return Verdict.Refused.invalid(e.reason().name().toLowerCase(Locale.ROOT));
    }
}
