package io.coapgate.gateway.coap;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.network.Exchange;

/**
 * Acknowledges requests that are not answered within the piggyback window, so that devices do not retransmit (RFC 7252
 * §5.2.2). All wait equally long, so a queue in order of arrival and one ticker replace a timer per request.
 */
final class SeparateResponses implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(50);

    private final long windowNanos;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ScheduledFuture<?> ticker;

    SeparateResponses(Duration window, ScheduledExecutorService scheduler) {
        this.windowNanos = window.toNanos();
        this.ticker = scheduler.scheduleAtFixedRate(
                () -> acknowledgeDue(System.nanoTime()), TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Acknowledges the exchange's request at the end of the window, unless it has been answered by then. */
    void watch(Exchange exchange) {
        waiting.add(new Waiting(exchange, System.nanoTime() + windowNanos));
    }

    private void acknowledgeDue(long now) {
        for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
            boolean answered = first.exchange.getResponse() != null || first.exchange.isComplete();
            if (!answered && first.dueNanos - now > 0) {
                return;
            }
            waiting.poll();
            if (!answered) {
                Exchange exchange = first.exchange;
                exchange.execute(() -> {
                    if (exchange.getResponse() == null && !exchange.isComplete()) {
                        exchange.sendAccept();
                    }
                });
            }
        }
    }

    @Override
    public void close() {
        ticker.cancel(false);
    }

    private record Waiting(Exchange exchange, long dueNanos) {}
}
