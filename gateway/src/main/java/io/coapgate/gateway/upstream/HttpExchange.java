package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_RESPONSE_INVALID;
import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_TIMEOUT;

import io.coapgate.gateway.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, from hand-over to answer. Only {@link #start} runs on the caller's thread, everything else on the
 * lane's event loop.
 *
 * <p>A request is sent a second time only if its method is idempotent and its connection, which had served a request
 * before, closed before a response began: so it looks when a server's keep-alive timeout and a request cross on the wire
 * (RFC 9112 §9.3.1). POST and PATCH are never repeated, since nobody can tell how much of it the server has acted on.
 */
final class HttpExchange implements Attempt.Outcome {
    private static final int MAX_INTERIM_RESPONSES = 8;
    /** Where {@link Deadlines} keeps it. */
    int position;

    private final Lane lane;
    private final Call call;

    private Phase phase = Phase.NEW;
    private boolean mayRepeat;
    private boolean repeated;
    /** Whether anything has ever gone out, be it over a connection that proved stale. */
    private boolean wasSent;
    /** An earlier attempt was sent, and nobody knows what became of it. */
    private boolean mayHaveArrived;

    private int interimResponses;
    private @Nullable Attempt sent;

    private enum Phase {
        NEW,
        QUEUED,
        CONNECTING,
        /** Answered already; the slot is given back when the attempt to connect ends. */
        ABANDONED,
        SENT,
        DONE
    }

    HttpExchange(Lane lane, Call call) {
        this.lane = lane;
        this.call = call;
        this.mayRepeat = call.request().method().isIdempotent();
    }

    /** @throws java.util.concurrent.RejectedExecutionException if the event loop has ended */
    void start() {
        lane.handOver(ignored -> lane.admit(this));
    }

    void queue() {
        phase = Phase.QUEUED;
    }

    void takeSlot() {
        phase = Phase.CONNECTING;
    }

    void connect() {
        if (phase == Phase.ABANDONED) {
            done();
            return;
        }
        try {
            lane.transport().open(this, call.remainingMillis());
        } catch (RuntimeException e) { // a slot that is not given back would be lost for good
            unreachable(e);
        }
    }

    UpstreamRequest request() {
        return call.request();
    }

    boolean isOverdue(long nanoTime) {
        return call.isOverdue(nanoTime);
    }

    void expire() {
        refuse(
                UPSTREAM_TIMEOUT,
                switch (phase) {
                    case QUEUED -> "no connection was free in time";
                    case CONNECTING -> "no connection in time";
                    default -> "no complete response in time";
                });
    }

    @Override
    public void succeeded(UpstreamResponse response) {
        if (phase == Phase.SENT) {
            lane.forget(this);
            done();
            call.answered(response);
        }
    }

    @Override
    public void refuse(Refusal reason, String detail) {
        fail(new UpstreamException(reason, detail));
    }

    @Override
    public void failed(Throwable failure) {
        fail(Failures.afterConnecting(failure));
    }

    void connected(Attempt attempt) {
        if (phase == Phase.ABANDONED) {
            attempt.abandon();
            done();
        } else {
            send(attempt);
        }
    }

    void unreachable(Throwable failure) {
        if (phase == Phase.ABANDONED) {
            done();
        } else {
            phase = Phase.SENT; // the slot is ours and no attempt is under way
            fail(Failures.whileConnecting(failure));
        }
    }

    private void send(Attempt attempt) {
        phase = Phase.SENT;
        sent = attempt;
        wasSent = true;
        mayRepeat &= attempt.isReused();
        try {
            attempt.send(call.request(), this);
        } catch (RuntimeException e) {
            fail(Failures.whileConnecting(e));
        }
    }

    /** An interim response says nothing that we asked for; a server may send some, but not keep us busy with them. */
    @Override
    public void interim() {
        mayRepeat = false;
        if (++interimResponses > MAX_INTERIM_RESPONSES) {
            refuse(UPSTREAM_RESPONSE_INVALID, "too many interim responses");
        }
    }

    @Override
    public void unanswered(Throwable failure) {
        if (phase != Phase.SENT) {
            return;
        }
        boolean unread = sent != null && sent.isUnprocessed(failure);
        wasSent &= !unread;
        boolean stale = mayRepeat && Failures.isLostConnection(failure) && !isConditionalChange();
        if (stale || (unread && !repeated)) {
            mayHaveArrived |= wasSent;
            repeat();
        } else {
            failed(failure);
        }
    }

    /** If it was done after all, its condition holds no more, and the device would hear that it failed. */
    private boolean isConditionalChange() {
        return !call.request().method().isSafe()
                && call.request().headers().stream()
                        .anyMatch(header -> header.name().equals("if-match")
                                || header.name().equals("if-none-match"));
    }

    private void repeat() {
        repeated = true;
        mayRepeat = false;
        sent = null;
        takeSlot();
        lane.handOver(ignored -> connect());
    }

    private void fail(UpstreamException failure) {
        Phase before = phase;
        Progress progress = progress();
        switch (before) {
            case DONE, ABANDONED -> {
                return;
            }
            case NEW -> phase = Phase.DONE;
            case QUEUED -> {
                lane.leaveQueue(this);
                phase = Phase.DONE;
            }
            case CONNECTING -> phase = Phase.ABANDONED;
            case SENT -> {
                done();
                cancel();
            }
        }
        if (before != Phase.NEW) {
            lane.forget(this);
        }
        call.failed(failure, progress);
    }

    private Progress progress() {
        if (wasSent || mayHaveArrived) {
            return Progress.SENT;
        }
        return phase == Phase.NEW || phase == Phase.QUEUED ? Progress.WAITING : Progress.CONNECTING;
    }

    /**
     * Of HTTP/2 a stream is reset; the connection carries on. Of HTTP/1.1 the connection is closed, over which nothing
     * more can be understood.
     */
    private void cancel() {
        if (sent != null) {
            sent.cancel();
        }
    }

    private void done() {
        phase = Phase.DONE;
        lane.release();
    }
}
