package io.coapgate.gateway.cli;

import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.crypto.inspect.CwtInspection;
import io.coapgate.crypto.inspect.InspectedClaim;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.ExpiresInSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the gateway asks of a CWT beyond the verifier, as {@link io.coapgate.gateway.token.TokenAdmission} does. */
final class AdmissionTrial {
    private static final int CNF = 8;

    private final CwtInspection seen;
    private final TokenPolicy policy;
    private final Map<Refusal, String> refusals = new LinkedHashMap<>();

    private AdmissionTrial(CwtInspection seen, TokenPolicy policy) {
        this.seen = seen;
        this.policy = policy;
    }

    /** Every reason with what is wrong in words. */
    static Map<Refusal, String> of(CwtInspection seen, TokenPolicy policy) {
        AdmissionTrial trial = new AdmissionTrial(seen, policy);
        trial.expiry();
        trial.lifetime();
        trial.scope();
        trial.binding();
        return trial.refusals;
    }

    /** An encrypted one never is: on its own session a device's name has no keys that decrypt. */
    static boolean looksSelfIssued(CwtInspection seen, TokenPolicy policy) {
        Optional<String> issuer = claim(seen, CwtClaims::issuer);
        return policy.allowsSelfIssued()
                && seen.decryption().isEmpty()
                && issuer.isPresent()
                && issuer.equals(claim(seen, CwtClaims::subject));
    }

    /** From the first claim that has it. */
    static <T> Optional<T> claim(CwtInspection seen, Function<CwtClaims, Optional<T>> part) {
        return seen.claims().stream()
                .map(InspectedClaim::alone)
                .flatMap(Optional::stream)
                .flatMap(claims -> part.apply(claims).stream())
                .findFirst();
    }

    /** Within the leeway the verifier lets an expired token through. */
    private void expiry() {
        claim(seen, CwtClaims::expiresAt)
                .filter(exp -> !exp.isAfter(policy.now()))
                .filter(exp -> exp.isAfter(policy.now().minus(policy.cwt().leeway())))
                .ifPresent(exp -> refusals.put(
                        Refusal.TOKEN_EXPIRED, "the token has expired; the leeway helps nbf and iat only"));
    }

    /** Whether the gateway would count its life from its arrival (exi, RFC 9200 §5.10.3). */
    static boolean livesFromItsArrival(CwtInspection seen, TokenPolicy policy) {
        return claim(seen, CwtClaims::expiresIn).isPresent()
                && claim(seen, CwtClaims::issuer).flatMap(policy::expiresIn).isPresent();
    }

    private void lifetime() {
        if (!livesFromItsArrival(seen, policy)) {
            return;
        }
        ExpiresInSettings settings =
                claim(seen, CwtClaims::issuer).flatMap(policy::expiresIn).orElseThrow();
        TokenNumbering numbering = settings.numbering();
        if (claim(seen, CwtClaims::expiresIn).orElseThrow().compareTo(settings.maxLifetime()) > 0) {
            refusals.put(Refusal.TOKEN_LIFETIME, "exi is more than the issuer's expires-in.max-lifetime");
        }
        if (claim(seen, CwtClaims::id)
                .filter(id -> numbering.numberOf(id).isPresent())
                .isEmpty()) {
            refusals.put(Refusal.TOKEN_CLAIMS, "cti is not " + numbering.resourceServer() + " with a number behind it");
        }
    }

    private void scope() {
        try {
            ScopeSet scopes = ScopeSet.parse(claim(seen, CwtClaims::scope).orElse(""));
            Optional<ScopeSet> known = policy.config().map(config -> new RouteTable(config.routes()).allScopes());
            if (scopes.isEmpty()) {
                refusals.put(Refusal.TOKEN_SCOPE, "no scope that is text");
            } else if (known.isPresent() && !scopes.intersects(known.get())) {
                refusals.put(Refusal.TOKEN_SCOPE, "no scope that a route asks for");
            }
        } catch (IllegalArgumentException e) {
            refusals.put(Refusal.TOKEN_SCOPE, "a scope that is not written as RFC 6749 §3.3 says");
        }
    }

    private void binding() {
        boolean hasConfirmation =
                seen.claims().stream().anyMatch(claim -> claim.label().isInteger(CNF));
        if (!hasConfirmation && !looksSelfIssued(seen, policy)) {
            refusals.put(Refusal.TOKEN_BINDING, "no cnf, which only a self-issued token (iss = sub = device) may lack");
        }
    }
}
