package io.coapgate.gateway.upstream;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The exchanges of one lane that have a deadline to meet: all of them. One timer looks after them together, because a
 * timer for each would cost more than the look; a deadline may therefore pass up to 20 ms unnoticed. Only for the lane's
 * event loop.
 */
final class Deadlines {
    private static final long TICK_MILLIS = 20;

    private final Context context;
    private final LongSupplier nanoTime;
    private final List<HttpExchange> watched = new ArrayList<>();
    private boolean ticking;

    Deadlines(Context context, LongSupplier nanoTime) {
        this.context = context;
        this.nanoTime = nanoTime;
    }

    void add(HttpExchange exchange) {
        exchange.position = watched.size();
        watched.add(exchange);
        if (!ticking) {
            ticking = true;
            schedule();
        }
    }

    /** In constant time: the last one takes its place. */
    void remove(HttpExchange exchange) {
        HttpExchange last = watched.remove(watched.size() - 1);
        if (last != exchange) {
            watched.set(exchange.position, last);
            last.position = exchange.position;
        }
    }

    List<HttpExchange> all() {
        return List.copyOf(watched);
    }

    int size() {
        return watched.size();
    }

    private void schedule() {
        context.owner().setTimer(TICK_MILLIS, id -> tick());
    }

    private void tick() {
        long now = nanoTime.getAsLong();
        // from the end, because an exchange that ends is replaced by one that was looked at
        for (int i = watched.size() - 1; i >= 0; i--) {
            HttpExchange exchange = i < watched.size() ? watched.get(i) : null;
            if (exchange != null && exchange.isOverdue(now)) {
                exchange.expire();
            }
        }
        ticking = !watched.isEmpty();
        if (ticking) {
            schedule();
        }
    }
}
