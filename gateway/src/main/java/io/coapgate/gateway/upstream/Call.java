package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_UNREACHABLE;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * One request over all attempts that it takes. Its deadline counts from here and holds for them together. One attempt
 * follows the other: nothing here is used by two threads at once.
 */
final class Call {
    private final Targets targets;
    private final UpstreamRequest request;
    private final long deadline;
    private final CompletableFuture<UpstreamResponse> answer = new CompletableFuture<>();

    Call(Targets targets, UpstreamRequest request) {
        this.targets = targets;
        this.request = request;
        this.deadline = System.nanoTime() + request.responseTimeout().toNanos();
    }

    CompletionStage<UpstreamResponse> start() {
        attempt(targets.choose());
        return answer;
    }

    UpstreamRequest request() {
        return request;
    }

    boolean isOverdue(long nanoTime) {
        return nanoTime - deadline >= 0; // the difference, because nanoTime may overflow
    }

    void answered(UpstreamResponse response) {
        answer.complete(response);
    }

    void failed(UpstreamException failure) {
        answer.completeExceptionally(failure);
    }

    private void attempt(Target target) {
        try {
            new HttpExchange(target.lane(), this).start();
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new UpstreamException(UPSTREAM_UNREACHABLE, "the client is closed", e));
        }
    }
}
