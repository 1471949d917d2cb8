package io.coapgate.gateway.oauth;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamResponse;
import io.coapgate.gateway.upstream.WebClient;
import io.coapgate.gateway.upstream.WebRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Asks one OAuth server: finds it, signs, sends, and checks what comes back. Thread-safe; never blocks. */
final class TokenServer {
    private final Endpoints endpoints;
    private final TokenMessages messages;
    private final AnswerReader answers;
    private final WebClient http;
    private final Clock clock;
    private final Executor signer;

    /** @param signer for what takes a millisecond or two; may refuse work */
    TokenServer(
            Endpoints endpoints,
            TokenMessages messages,
            AnswerReader answers,
            WebClient http,
            Clock clock,
            Executor signer) {
        this.endpoints = endpoints;
        this.messages = messages;
        this.answers = answers;
        this.http = http;
        this.clock = clock;
        this.signer = signer;
    }

    /** @return fails with {@link FailedAsk}, or {@link TokenExchangeException} if the gateway itself is at its limit */
    CompletionStage<BearerToken> ask(Ask ask) {
        return endpoints
                .endpoint()
                .thenCompose(endpoint -> attempt(ask, endpoint)
                        .exceptionallyCompose(
                                failure -> wasCutOff(failure) ? attempt(ask, endpoint) : failedFuture(failure)))
                .exceptionallyCompose(failure -> failedFuture(understood(failure)));
    }

    /** Once more with a message of its own: most often a connection that was kept too long, not a server that is gone. */
    private static boolean wasCutOff(Throwable failure) {
        return Causes.of(failure) instanceof UpstreamException e && e.reason() == Refusal.UPSTREAM_UNREACHABLE;
    }

    private CompletionStage<BearerToken> attempt(Ask ask, Endpoint endpoint) {
        return message(ask, endpoint).thenCompose(request -> {
            Instant asked = clock.instant();
            return http.send(request).thenCompose(answer -> token(ask, answer, asked));
        });
    }

    private CompletionStage<WebRequest> message(Ask ask, Endpoint endpoint) {
        CompletableFuture<WebRequest> message = new CompletableFuture<>();
        try {
            signer.execute(() -> {
                try {
                    message.complete(messages.message(ask, endpoint));
                } catch (FailedAsk | RuntimeException e) {
                    message.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            message.completeExceptionally(
                    new TokenExchangeException(Refusal.GATEWAY_BUSY, "too many signatures are waiting", e));
        }
        return message;
    }

    private CompletionStage<BearerToken> token(Ask ask, UpstreamResponse answer, Instant asked) {
        try {
            return completedFuture(answers.token(answer, ask.audience(), asked, clock.instant()));
        } catch (FailedAsk e) {
            return failedFuture(e);
        }
    }

    private Throwable understood(Throwable failure) {
        Throwable cause = Causes.of(failure);
        if (cause instanceof UpstreamException e) {
            endpoints.doubt();
            return new FailedAsk(Failure.of(e));
        }
        return cause instanceof FailedAsk || cause instanceof TokenExchangeException
                ? cause
                : new TokenExchangeException(Refusal.TOKEN_EXCHANGE_FAILED, "making the token request failed", cause);
    }
}
