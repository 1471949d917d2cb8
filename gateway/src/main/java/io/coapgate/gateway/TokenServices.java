package io.coapgate.gateway;

import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.StateDirectory;
import io.coapgate.gateway.issuing.IssuanceListener;
import io.coapgate.gateway.token.AdmissionSettings;
import io.coapgate.gateway.token.CachedTokenExchange;
import io.coapgate.gateway.token.LocalTokenExchange;
import io.coapgate.gateway.token.RevokedTokens;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.SigningKeySet;
import io.coapgate.gateway.token.TokenAdmission;
import io.coapgate.gateway.token.TokenIntake;
import io.coapgate.gateway.trust.KeySets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * Both sides of the swap, put together.
 *
 * @param keys sign JWTs
 * @param sessions hold the CWTs that were admitted
 * @param intake lets CWTs in
 * @param exchange makes JWTs, and keeps them
 * @param issuing gives CWTs to devices; empty if the gateway is no authorization server
 * @param keySets of external issuers
 */
record TokenServices(
        SigningKeySet keys,
        SessionTokens sessions,
        TokenIntake intake,
        CachedTokenExchange exchange,
        Optional<TokenIssuing> issuing,
        KeySets keySets) {

    /** @throws ConfigException if a key can neither be read nor made */
    static TokenServices of(
            GatewayConfig config,
            StateDirectory state,
            RouteTable routes,
            Clock clock,
            GatewayThreads threads,
            Parts parts,
            IssuanceListener issued)
            throws ConfigException {
        SecureRandom random = new SecureRandom();
        Optional<TokenIssuing> issuing = TokenIssuing.of(config, state, routes, clock, issued);
        KeySets keySets = ExternalIssuers.open(config.trust(), threads.housekeeping(), clock, parts);
        AdmissionSettings admitted = config.admission()
                .withIssuers(keySets.issuers())
                .withIssuers(issuing.map(TokenIssuing::trusted).stream().toList());
        SigningKeySet keys = SigningKeySet.of(config.jwt().signingKey(state));
        SessionTokens sessions = new SessionTokens(clock, admitted.maxTokensPerSession(), admitted.maxSessions());
        return new TokenServices(
                keys,
                sessions,
                new TokenIntake(
                        new TokenAdmission(admitted, routes.allScopes(), sessions, revoked(issuing), clock),
                        threads.signatures()),
                new CachedTokenExchange(
                        new LocalTokenExchange(keys, config.jwt().settings(), clock, random, threads.signatures()),
                        keys.current()::keyId,
                        clock,
                        admitted.maxSessions()),
                issuing,
                keySets);
    }

    private static RevokedTokens revoked(Optional<TokenIssuing> issuing) {
        return issuing.<RevokedTokens>map(own -> own::isRevoked).orElse(RevokedTokens.NONE);
    }
}
