package io.coapgate.gateway.oauth;

import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.token.CachedTokens;
import io.coapgate.gateway.token.ExternalExchange;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets tokens from an OAuth server and keeps them: one question for equal ones, renewed before they end, and used until
 * they do, whatever becomes of the server. Thread-safe; never blocks. A token that is there costs a look-up.
 */
public final class OAuthTokenExchange implements TokenExchange {
    private static final Logger LOG = LoggerFactory.getLogger(OAuthTokenExchange.class);
    /** A service that rejects a token so new would reject the next one too. */
    private static final Duration SETTLING_TIME = Duration.ofSeconds(10);

    private static final Duration LOG_PAUSE = Duration.ofSeconds(10);

    private final OAuthSettings settings;
    private final TokenServer server;
    private final Bottleneck bottleneck;
    private final Clock clock;
    private final CachedTokens<Ask> tokens;
    private final Tally tally = new Tally();
    private final AtomicReference<Instant> silentUntil = new AtomicReference<>(Instant.MIN);

    OAuthTokenExchange(OAuthSettings settings, TokenServer server, Bottleneck bottleneck, Clock clock, int maxTokens) {
        this.settings = settings;
        this.server = server;
        this.bottleneck = bottleneck;
        this.clock = clock;
        this.tokens = new CachedTokens<>(this::ask, SETTLING_TIME, clock, maxTokens);
    }

    @Override
    public CompletionStage<BearerToken> exchange(TokenRequest request) {
        return until(request.notAfter(), tokens.get(ask(request), request.notAfter()));
    }

    @Override
    public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
        return until(request.notAfter(), tokens.replace(ask(request), request.notAfter(), rejected));
    }

    public ExchangeStatistics statistics() {
        return new ExchangeStatistics(
                tally.issuedSoFar(), tally.failuresSoFar(), bottleneck.running(), bottleneck.waiting(), tokens.size());
    }

    /** No use is made of it after the grant has ended, though the OAuth server may let it live longer. */
    private static CompletionStage<BearerToken> until(Instant notAfter, CompletionStage<BearerToken> token) {
        return token instanceof CompletableFuture<BearerToken> future
                        && future.isDone()
                        && !future.isCompletedExceptionally()
                        && !notAfter.isBefore(future.join().expiresAt())
                ? token
                : token.thenApply(got -> got.until(notAfter));
    }

    /** What the server is not told of can make no difference. */
    private Ask ask(TokenRequest request) {
        Optional<Ask.Subject> subject = settings.isPerDevice()
                ? Optional.of(new Ask.Subject(
                        request.device(),
                        request.tenant(),
                        request.claims(),
                        request.external().flatMap(ExternalExchange::deviceClient)))
                : Optional.empty();
        return new Ask(request.audience(), settings.namesScopes() ? request.scopes() : ScopeSet.EMPTY, subject);
    }

    private CompletionStage<BearerToken> ask(Ask ask) {
        return bottleneck.ask(() -> server.ask(ask)).whenComplete((token, failure) -> {
            if (failure == null) {
                tally.issued();
            } else {
                Throwable cause = Causes.of(failure);
                tally.failed(cause);
                log(ask, cause);
            }
        });
    }

    /** What concerns one device; of a server that fails for all, its {@link BackOff} speaks. */
    private void log(Ask ask, Throwable failure) {
        Instant now = clock.instant();
        Instant silent = silentUntil.get();
        boolean ofServer = failure instanceof TokenExchangeException exchange
                && switch (exchange.reason()) {
                    case TOKEN_SERVER_UNREACHABLE, TOKEN_SERVER_TIMEOUT, TOKEN_SERVER_BUSY -> true;
                    default -> false;
                };
        if (!ofServer && !now.isBefore(silent) && silentUntil.compareAndSet(silent, now.plus(LOG_PAUSE))) {
            LOG.warn("token exchange {}: no token of {}: {}", settings.name(), ask.who(), failure.getMessage());
        }
    }
}
