package io.coapgate.gateway.oauth;

import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets a bounded number of questions through to a server at once, and a bounded number wait for their turn, not longer than
 * it makes sense. While the server fails nobody waits, and when it is asked again it is by one. Thread-safe; never blocks.
 */
final class Bottleneck {
    /** How long a question that was refused for itself is not asked again. */
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(10);

    private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

    private final int maxConcurrent;
    private final int maxQueued;
    private final Duration patience;
    private final BackOff backOff;
    private final Clock clock;
    private final AtomicInteger pumping = new AtomicInteger();
    /** Guarded by this. */
    private final Queue<Question> waiting = new ArrayDeque<>();
    /** Guarded by this. */
    private int running;

    /** @param backOff guarded by this object from now on */
    Bottleneck(ServerSettings settings, BackOff backOff, Clock clock) {
        this.maxConcurrent = settings.maxConcurrent();
        this.maxQueued = settings.maxQueued();
        this.patience = settings.timeout();
        this.backOff = backOff;
        this.clock = clock;
    }

    /** @param work asks when it is its turn; fails with {@link FailedAsk} or {@link TokenExchangeException} */
    CompletionStage<BearerToken> ask(Supplier<CompletionStage<BearerToken>> work) {
        Question question = new Question(work, clock.instant());
        Optional<TokenExchangeException> refusal = enter(question);
        if (refusal.isPresent()) {
            return failedFuture(refusal.get());
        }
        pump();
        return question.answer();
    }

    private synchronized Optional<TokenExchangeException> enter(Question question) {
        Optional<TokenExchangeException> refusal = backOff.refusal();
        if (refusal.isEmpty() && waiting.size() >= maxQueued && running >= permits()) {
            return Optional.of(TokenExchangeException.retryAfter(
                    Refusal.TOKEN_SERVER_BUSY, "as many token exchanges as may wait do so", BUSY_PAUSE));
        }
        if (refusal.isEmpty()) {
            waiting.add(question);
        }
        return refusal;
    }

    /** One thread at a time starts questions, however deep an answer that comes at once would nest. */
    private void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Optional<Question> next = next(); next.isPresent(); next = next()) {
                start(next.get());
            }
            seen = pumping.addAndGet(-seen);
        } while (seen != 0);
    }

    private synchronized Optional<Question> next() {
        if (running >= permits() || waiting.isEmpty()) {
            return Optional.empty();
        }
        running++;
        return Optional.of(waiting.remove());
    }

    private int permits() {
        return backOff.isWary() ? 1 : maxConcurrent;
    }

    private void start(Question question) {
        Instant now = clock.instant();
        if (now.isAfter(question.since().plus(patience))) { // whoever wanted it has given up
            synchronized (this) {
                running--;
            }
            question.answer()
                    .completeExceptionally(TokenExchangeException.retryAfter(
                            Refusal.TOKEN_SERVER_BUSY, "waited too long for its turn", BUSY_PAUSE));
            return;
        }
        question.begin().whenComplete((token, failure) -> {
            if (failure == null) {
                succeeded(now);
                question.answer().complete(token);
            } else {
                failed(question, Causes.of(failure), now);
            }
            pump();
        });
    }

    private synchronized void succeeded(Instant started) {
        running--;
        backOff.succeeded(started);
    }

    private void failed(Question question, Throwable cause, Instant started) {
        List<Question> inVain = new ArrayList<>();
        Throwable told = settle(cause, started, inVain);
        question.answer().completeExceptionally(told);
        inVain.forEach(other -> other.answer().completeExceptionally(told));
    }

    /** What to say of a failure, and to whom beside the one who asked. */
    private synchronized Throwable settle(Throwable cause, Instant started, List<Question> inVain) {
        running--;
        if (!(cause instanceof FailedAsk failed)) {
            return cause;
        }
        Failure failure = failed.failure();
        if (!backOff.concernsAll(failure, started)) {
            if (failure.reason() == Refusal.TOKEN_SERVER_REFUSED) { // a no is an answer too
                backOff.succeeded(started);
            }
            Duration pause = failure.extent() == Failure.Extent.ONE ? REFUSED_PAUSE : BUSY_PAUSE;
            return failure.exception(failure.retryAfter().orElse(pause));
        }
        inVain.addAll(waiting);
        waiting.clear();
        return backOff.failed(failure);
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
