package io.coapgate.gateway.oauth;

import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A question that waits for its turn or is under way. Thread-safe. */
final class Question {
    private final Supplier<CompletionStage<BearerToken>> work;
    private final Instant since;
    private final CompletableFuture<BearerToken> answer = new CompletableFuture<>();

    /** @param since when it came */
    Question(Supplier<CompletionStage<BearerToken>> work, Instant since) {
        this.work = work;
        this.since = since;
    }

    Instant since() {
        return since;
    }

    /** For whoever asked. */
    CompletableFuture<BearerToken> answer() {
        return answer;
    }

    /** Asks; fails, and never throws. */
    CompletionStage<BearerToken> begin() {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return failedFuture(new TokenExchangeException(Refusal.TOKEN_EXCHANGE_FAILED, "asking failed", e));
        }
    }
}
