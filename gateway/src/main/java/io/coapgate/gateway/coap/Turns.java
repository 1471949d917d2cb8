package io.coapgate.gateway.coap;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The confirmable responses to one device: those that wait for an acknowledgement, and those that wait for them. */
final class Turns {
    /** A device that has more than this to acknowledge does not acknowledge. */
    static final int MAX_WAITING = 16;

    private final int nstart;
    private final long patienceNanos;
    private final List<Turn> outstanding = new ArrayList<>();
    private final Queue<Turn> waiting = new ArrayDeque<>();

    Turns(int nstart, Duration patience) {
        this.nstart = nstart;
        this.patienceNanos = patience.toNanos();
    }

    /** Lets it go, keeps it waiting, or turns it away. A newer one of the same exchange takes the place of the older. */
    void ask(Turn turn, long now) {
        outstanding.removeIf(other -> other.isOver(now, patienceNanos));
        boolean replaced = waiting.removeIf(other -> other.exchange() == turn.exchange());
        if (outstanding.size() < nstart) {
            begin(turn, now);
        } else if (replaced || waiting.size() < MAX_WAITING || turn.isNotification()) { // of these one per observation
            waiting.add(turn);
        } else {
            turn.turnAway();
        }
    }

    /** @return the one whose turn it is then */
    Optional<Turn> end(Turn turn, long now) {
        if (!outstanding.remove(turn) || outstanding.size() >= nstart) {
            return Optional.empty();
        }
        Optional<Turn> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(other -> begin(other, now));
        return next;
    }

    private void begin(Turn turn, long now) {
        turn.begin(now);
        outstanding.add(turn);
    }

    boolean isEmpty() {
        return outstanding.isEmpty() && waiting.isEmpty();
    }
}
