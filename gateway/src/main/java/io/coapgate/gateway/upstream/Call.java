package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_TIMEOUT;
import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_UNREACHABLE;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * One request over all attempts that it takes: a second one, on another target, after a failure that a second one can make
 * good and can't make worse. That is one before anything was sent, or, if the method is safe, a lost connection and a
 * gateway error that names no time to come again. The deadline counts from here and holds for both together.
 *
 * <p>One attempt follows the other: nothing here is used by two threads at once.
 */
final class Call {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final HttpUpstream upstream;
    private final UpstreamRequest request;
    private final long deadline;
    private final CompletableFuture<UpstreamResponse> answer = new CompletableFuture<>();

    private Target target;
    private boolean retried;

    Call(HttpUpstream upstream, UpstreamRequest request) {
        this.upstream = upstream;
        this.request = request;
        this.deadline = upstream.nanoTime() + request.responseTimeout().toNanos();
        this.target = upstream.targets().choose();
    }

    CompletionStage<UpstreamResponse> start() {
        attempt();
        return answer;
    }

    UpstreamRequest request() {
        return request;
    }

    boolean isOverdue(long nanoTime) {
        return nanoTime - deadline >= 0; // the difference, because nanoTime may overflow
    }

    /** Until the deadline; 1 at least. */
    long remainingMillis() {
        return Math.max(1, (deadline - upstream.nanoTime()) / NANOS_PER_MILLI);
    }

    void answered(UpstreamResponse response) {
        if (response.isGatewayError()) {
            upstream.targets().failed(target);
        } else {
            target.ejection().succeeded();
        }
        if (response.isGatewayError()
                && isSafe()
                && response.header("retry-after").isEmpty()
                && turnsToAnother(true)) {
            attempt();
        } else {
            count(response);
            answer.complete(response);
        }
    }

    void failed(UpstreamException failure, Progress progress) {
        boolean unreachable = failure.reason() == UPSTREAM_UNREACHABLE;
        boolean itsFault = progress != Progress.WAITING && (unreachable || failure.reason() == UPSTREAM_TIMEOUT);
        if (itsFault) {
            upstream.targets().failed(target);
        }
        boolean sent = progress == Progress.SENT;
        if (unreachable && (!sent || isSafe()) && turnsToAnother(sent)) {
            attempt();
        } else {
            if (itsFault) {
                upstream.breaker().failed();
            } else { // full queues are ours, and what can't be understood or is too long may be what a device asked for
                upstream.breaker().neither();
            }
            answer.completeExceptionally(failure);
        }
    }

    private void count(UpstreamResponse response) {
        long started = deadline - request.responseTimeout().toNanos();
        upstream.times().record(upstream.nanoTime() - started);
        if (response.isGatewayError()) {
            upstream.breaker().failed();
        } else {
            upstream.breaker().succeeded();
        }
    }

    private boolean isSafe() {
        return request.method().isSafe();
    }

    /**
     * Takes another target if there is one, and time and means for it. Only what has reached a target needs means: the
     * others reach one for the first time.
     */
    private boolean turnsToAnother(boolean sent) {
        if (retried || isOverdue(upstream.nanoTime())) {
            return false;
        }
        Optional<Target> other = upstream.targets().chooseOther(target);
        if (other.isEmpty() || (sent && !upstream.retries().afford())) {
            return false;
        }
        upstream.retries().countRetry();
        retried = true;
        target = other.get();
        return true;
    }

    private void attempt() {
        try {
            new HttpExchange(target.lane(), this).start();
        } catch (RejectedExecutionException e) {
            upstream.breaker().neither();
            answer.completeExceptionally(new UpstreamException(UPSTREAM_UNREACHABLE, "the client is closed", e));
        }
    }
}
