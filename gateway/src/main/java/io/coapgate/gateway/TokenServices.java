package io.coapgate.gateway;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.StateDirectory;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.exchange.CreationHintsPolicy;
import io.coapgate.gateway.issuing.IssuanceListener;
import io.coapgate.gateway.token.AdmissionSettings;
import io.coapgate.gateway.token.CachedTokenExchange;
import io.coapgate.gateway.token.ClientNonces;
import io.coapgate.gateway.token.LocalTokenExchange;
import io.coapgate.gateway.token.OpaqueTokens;
import io.coapgate.gateway.token.RevokedTokens;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.SigningKeySet;
import io.coapgate.gateway.token.TokenAdmission;
import io.coapgate.gateway.token.TokenConditions;
import io.coapgate.gateway.token.TokenFreshness;
import io.coapgate.gateway.token.TokenIntake;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Both sides of the swap, put together.
 *
 * @param keys sign JWTs; they change
 * @param sessions hold the CWTs that were admitted
 * @param intake lets CWTs in
 * @param exchange makes JWTs, and keeps them
 * @param hints tell devices how to get one
 * @param issuing gives CWTs to devices; empty if the gateway is no authorization server
 * @param external issuers, and what they are asked
 * @param arriving are CWTs that live from then on
 */
record TokenServices(
        Supplier<SigningKeySet> keys,
        SessionTokens sessions,
        TokenIntake intake,
        CachedTokenExchange exchange,
        CreationHintsPolicy hints,
        Optional<TokenIssuing> issuing,
        ExternalIssuers external,
        ArrivingTokens arriving) {

    private static final int NONCE_KEY_BYTES = 32;

    /**
     * @throws ConfigException if a key can neither be read nor made
     * @throws IOException if there is no socket to be had for asking others
     */
    static TokenServices of(
            GatewayConfig config,
            StateDirectory state,
            IssuerKeys issuerKeys,
            RouteTable routes,
            Clock clock,
            GatewayThreads threads,
            Parts parts,
            IssuanceListener issued)
            throws ConfigException, IOException {
        SecureRandom random = new SecureRandom();
        Optional<TokenIssuing> issuing = TokenIssuing.of(config, state, issuerKeys, routes, clock, issued);
        issuing.ifPresent(own -> parts.add(own.tokens()));
        ExternalIssuers external = ExternalIssuers.open(config, threads, clock, parts);
        AdmissionSettings admitted = config.admission()
                .withIssuers(external.keySets().issuers())
                .withIssuers(issuing.map(TokenIssuing::trusted).stream().toList());
        ArrivingTokens arriving = ArrivingTokens.open(config, random, clock);
        Optional<ClientNonces> nonces = config.tokenFreshness()
                .map(lifetime -> new ClientNonces(SecretBytes.random(NONCE_KEY_BYTES, random), clock, lifetime));
        Supplier<SigningKeySet> keys = issuerKeys::signing;
        SessionTokens sessions = new SessionTokens(clock, admitted.maxTokensPerSession(), admitted.maxSessions());
        return new TokenServices(
                keys,
                sessions,
                new TokenIntake(
                        new TokenAdmission(
                                admitted,
                                routes.allScopes(),
                                sessions,
                                new TokenConditions(revoked(issuing), freshness(nonces), arriving.lifetimes()),
                                clock),
                        external.opaque().map(OpaqueTokens.class::cast),
                        threads.signatures()),
                new CachedTokenExchange(
                        new LocalTokenExchange(keys, config.jwt().settings(), clock, random, threads.signatures()),
                        () -> keys.get().current().keyId(),
                        clock,
                        admitted.maxSessions()),
                new CreationHintsPolicy(
                        config.authorizationServer(), config.ownNames().get(0), nonces),
                issuing,
                external,
                arriving);
    }

    /** Keeps tokens in step with the registry, and with what authorization servers say of them, from now on. */
    void follow(GatewayConfig config, SnapshotDeviceRegistry registry, GatewayThreads threads, RevocationSweep sweep) {
        TokenRevocations.follow(registry, this, threads, sweep);
        external.follow(config, sessions, threads, sweep);
        arriving.follow(sessions, threads, sweep);
    }

    private static TokenFreshness freshness(Optional<ClientNonces> nonces) {
        return nonces.isPresent() ? nonces.get() : TokenFreshness.ANY;
    }

    private static RevokedTokens revoked(Optional<TokenIssuing> issuing) {
        return issuing.<RevokedTokens>map(own -> own::isRevoked).orElse(RevokedTokens.NONE);
    }
}
