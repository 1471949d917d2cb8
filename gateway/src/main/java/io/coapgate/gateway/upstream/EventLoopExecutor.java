package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of the upstreams as one executor. A task that one of their threads hands over stays on that thread and
 * runs after what it does now: that takes neither a lock nor another thread, which is what passing a request around costs
 * most. Tasks from elsewhere go to one loop after the other. No task may block. Thread-safe.
 *
 * <p>The loops end with {@link Upstreams#close}, not by this executor; whatever comes then is rejected.
 */
public final class EventLoopExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final EventLoop[] loops;
    private final AtomicInteger turn = new AtomicInteger();

    EventLoopExecutor(List<EventLoop> loops) {
        this.loops = loops.toArray(EventLoop[]::new);
    }

    /** Whether the current thread is one of the event loops. */
    public boolean isOwnThread() {
        return own() != null;
    }

    @Override
    public void execute(Runnable task) {
        loop().execute(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return loop().schedule(task, delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return loop().schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return loop().scheduleAtFixedRate(task, initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return loop().scheduleWithFixedDelay(task, initialDelay, delay, unit);
    }

    private EventLoop loop() {
        EventLoop own = own();
        return own == null ? loops[Math.floorMod(turn.getAndIncrement(), loops.length)] : own;
    }

    private @Nullable EventLoop own() {
        for (EventLoop loop : loops) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return null;
    }

    /** @throws UnsupportedOperationException always: the loops are not this executor's to end */
    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("the upstreams end the event loops");
    }

    /** @throws UnsupportedOperationException always, as {@link #shutdown} */
    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("the upstreams end the event loops");
    }

    @Override
    public boolean isShutdown() {
        return loops[0].isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return loops[0].isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        requireNonNull(unit, "unit");
        return loops[0].awaitTermination(timeout, unit);
    }
}
