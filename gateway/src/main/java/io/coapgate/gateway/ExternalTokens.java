package io.coapgate.gateway;

import io.coapgate.gateway.admin.Metrics;
import io.coapgate.gateway.admin.TokenExchangeGauges;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.oauth.GatewaySigner;
import io.coapgate.gateway.oauth.OAuthExchanges;
import io.coapgate.gateway.token.RoutedTokenExchange;
import io.coapgate.gateway.token.TokenExchange;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** JWTs from OAuth servers, beside the gateway's own. */
final class ExternalTokens {
    private static final int CLOSE_SECONDS = 5;

    private final GatewayConfig config;
    private final Metrics metrics;
    private final Parts parts;

    ExternalTokens(GatewayConfig config, Metrics metrics, Parts parts) {
        this.config = config;
        this.metrics = metrics;
        this.parts = parts;
    }

    /** The exchange for all routes: each gets its tokens from the issuer that it names. */
    TokenExchange beside(TokenServices local, Clock clock, Executor signatures) {
        GatewaySigner signer = new GatewaySigner(
                config.jwt().settings().issuer(), () -> local.keys().get().current(), signatures);
        OAuthExchanges oauth = OAuthExchanges.open(
                config.tokenExchanges(), signer, clock, config.admission().maxSessions());
        parts.add(() -> oauth.close().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS));
        TokenExchangeGauges.show(metrics, oauth::statistics);
        return new RoutedTokenExchange(local.exchange(), oauth.byName());
    }
}
