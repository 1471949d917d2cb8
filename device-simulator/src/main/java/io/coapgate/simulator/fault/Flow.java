package io.coapgate.simulator.fault;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client's datagrams in one direction: throws the dice for each and sends it on its way. Used by the proxy's thread only. */
final class Flow {
    private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(Impairment.HOLD_MILLIS);

    private final Direction direction;
    private final Dice dice;
    private final Roads roads;
    private final LinkCounters counters;
    private @Nullable Datagram held;

    Flow(Direction direction, Dice dice, Roads roads) {
        this.direction = direction;
        this.dice = dice;
        this.roads = roads;
        this.counters = roads.counters(direction);
    }

    void admit(Client client, byte[] bytes, long nowNanos, Impairment impairment) {
        counters.received(bytes.length);
        Fate fate = dice.throwFor(impairment);
        if (fate.lost()) {
            counters.lost();
            return;
        }
        OptionalLong through = roads.link(direction).through(bytes.length, nowNanos, impairment);
        if (through.isEmpty()) {
            counters.overflowed();
            return;
        }
        long due = through.getAsLong()
                + impairment.delay().toNanos()
                + (long) (fate.jitter() * impairment.jitter().toNanos());
        if (fate.held() && held == null) {
            held = send(client, bytes, due + HOLD_NANOS).orElse(null);
        } else {
            send(client, bytes, due);
            releaseHeld(due);
        }
        if (fate.duplicated() && send(client, bytes, due).isPresent()) {
            counters.duplicated();
        }
    }

    private Optional<Datagram> send(Client client, byte[] bytes, long dueNanos) {
        Optional<Datagram> sent = roads.transit().add(client, direction, bytes, dueNanos);
        if (sent.isEmpty()) {
            counters.overflowed();
        }
        return sent;
    }

    /** Right behind the one that has overtaken it, unless it has gone for lack of such a one. */
    private void releaseHeld(long dueNanos) {
        Datagram late = held;
        held = null;
        if (late == null || late.dueNanos() - dueNanos <= 0) {
            return;
        }
        late.withdraw();
        if (send(late.client(), late.bytes(), dueNanos).isPresent()) {
            counters.reordered();
        }
    }
}
