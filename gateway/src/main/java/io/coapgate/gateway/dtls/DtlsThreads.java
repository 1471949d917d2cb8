package io.coapgate.gateway.dtls;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.upstream.EventLoopExecutor;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Where a listener's work is done: what standing sessions receive and send on the event loops, which take a request
 * through to its upstream without passing it to another thread; handshakes, whose cryptography would hold up every device
 * of a loop, beside them. Thread-safe.
 *
 * <p>Scandium knows one executor only, and what it hands over does not tell what it is. So it is told here by the thread
 * that hands over: an event loop goes on with what it has begun, all other threads' tasks are handshakes unless they are
 * marked by {@link #onLoops}.
 */
public final class DtlsThreads extends AbstractExecutorService {
    private enum Place {
        BY_THREAD,
        LOOPS,
        BESIDE
    }

    private final EventLoopExecutor loops;
    private final Executor handshakes;

    @SuppressWarnings(
            "ThreadLocalUsage") // one for each listener, of which there are few: what one marks is not for another
    private final ThreadLocal<Place> place = ThreadLocal.withInitial(() -> Place.BY_THREAD);

    /** @param handshakes with as many threads as may do asymmetric cryptography at once */
    public DtlsThreads(EventLoopExecutor loops, Executor handshakes) {
        this.loops = requireNonNull(loops, "loops");
        this.handshakes = requireNonNull(handshakes, "handshakes");
    }

    /** Whatever {@code handingOver} hands over, before it returns, runs on the event loops. */
    void onLoops(Runnable handingOver) {
        at(Place.LOOPS, handingOver);
    }

    /** Whatever {@code handingOver} hands over, before it returns, runs beside the event loops. */
    void besideLoops(Runnable handingOver) {
        at(Place.BESIDE, handingOver);
    }

    private void at(Place there, Runnable handingOver) {
        Place before = place.get();
        place.set(there);
        try {
            handingOver.run();
        } finally {
            place.set(before);
        }
    }

    @Override
    public void execute(Runnable task) {
        Executor executor = switch (place.get()) {
            case LOOPS -> loops;
            case BESIDE -> handshakes;
            case BY_THREAD -> loops.isOwnThread() ? loops : handshakes;
        };
        executor.execute(task);
    }

    /** @throws UnsupportedOperationException always: neither is this executor's to end */
    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("who made the threads ends them");
    }

    /** @throws UnsupportedOperationException always, as {@link #shutdown} */
    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("who made the threads ends them");
    }

    @Override
    public boolean isShutdown() {
        return loops.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return loops.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return loops.awaitTermination(timeout, unit);
    }
}
