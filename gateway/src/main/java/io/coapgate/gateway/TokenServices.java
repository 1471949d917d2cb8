package io.coapgate.gateway;

import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.StateDirectory;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.issuing.IssuanceListener;
import io.coapgate.gateway.token.AdmissionSettings;
import io.coapgate.gateway.token.CachedTokenExchange;
import io.coapgate.gateway.token.LocalTokenExchange;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.SigningKeySet;
import io.coapgate.gateway.token.TokenAdmission;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Both sides of the swap, put together.
 *
 * @param keys sign JWTs
 * @param sessions hold the CWTs that were admitted
 * @param admission lets CWTs in
 * @param exchange makes JWTs, and keeps them
 * @param issuing gives CWTs to devices; empty if the gateway is no authorization server
 */
record TokenServices(
        SigningKeySet keys,
        SessionTokens sessions,
        TokenAdmission admission,
        CachedTokenExchange exchange,
        Optional<TokenIssuing> issuing) {

    /** @throws ConfigException if a key can neither be read nor made */
    static TokenServices of(
            GatewayConfig config,
            StateDirectory state,
            ScopeSet knownScopes,
            Clock clock,
            Executor signatures,
            IssuanceListener issued)
            throws ConfigException {
        SecureRandom random = new SecureRandom();
        Optional<TokenIssuing> issuing = TokenIssuing.of(config, state, knownScopes, clock, issued);
        AdmissionSettings admitted = issuing.map(TokenIssuing::trusted)
                .map(config.admission()::withIssuer)
                .orElse(config.admission());
        SigningKeySet keys = SigningKeySet.of(config.jwt().signingKey(state));
        SessionTokens sessions = new SessionTokens(clock, admitted.maxTokensPerSession(), admitted.maxSessions());
        return new TokenServices(
                keys,
                sessions,
                new TokenAdmission(admitted, knownScopes, sessions, clock),
                new CachedTokenExchange(
                        new LocalTokenExchange(keys, config.jwt().settings(), clock, random, signatures),
                        keys.current()::keyId,
                        clock,
                        admitted.maxSessions()),
                issuing);
    }
}
