package io.coapgate.gateway;

import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.IssuingConfig;
import io.coapgate.gateway.config.StateDirectory;
import io.coapgate.gateway.issuing.AuthorizationServer;
import io.coapgate.gateway.issuing.FixedKeyRing;
import io.coapgate.gateway.issuing.IssuanceListener;
import io.coapgate.gateway.issuing.IssuerKey;
import io.coapgate.gateway.issuing.IssuerKeyRing;
import io.coapgate.gateway.token.TrustedIssuer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * The gateway's own authorization server, put together.
 *
 * @param ring its keys
 * @param trusted how the gateway takes its tokens: as those of any other issuer
 */
record TokenIssuing(AuthorizationServer server, IssuerKeyRing ring, TrustedIssuer trusted) {

    /**
     * Empty if the configuration has none.
     *
     * @throws ConfigException if its keys can neither be read nor made
     */
    static Optional<TokenIssuing> of(
            GatewayConfig config, StateDirectory state, RouteTable routes, Clock clock, IssuanceListener listener)
            throws ConfigException {
        if (config.issuing().isEmpty()) {
            return Optional.empty();
        }
        IssuingConfig issuing = config.issuing().get();
        IssuerKeyRing ring = new FixedKeyRing(
                IssuerKey.ofSecret(state.secret("issuer-mac")), IssuerKey.ofKeyPair(state.issuerKeyPair()));
        AuthorizationServer server = new AuthorizationServer(
                issuing.policy(config.ownNames(), routes),
                ring,
                state.secret("issuer-names"),
                clock,
                new SecureRandom(),
                listener);
        return Optional.of(new TokenIssuing(server, ring, new TrustedIssuer(issuing.issuer(), ring)));
    }
}
