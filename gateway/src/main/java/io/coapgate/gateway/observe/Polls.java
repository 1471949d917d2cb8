package io.coapgate.gateway.observe;

import io.coapgate.gateway.authz.Feed;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.upstream.UpstreamName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** All polling, and who shares a poll with whom. Thread-safe; blocks nobody. */
final class Polls {
    /** Polls of one upstream under way; one more waits, so that requests of devices find connections free. */
    static final int MAX_UNDER_WAY = 32;

    private final RequestHandler exchange;
    private final Timers timers;
    private final Map<UpstreamName, Semaphore> turns = new ConcurrentHashMap<>();
    private final Map<Representation, Poll> shared = new ConcurrentHashMap<>();

    /** @param exchange answers a poll as if the device had asked */
    Polls(RequestHandler exchange, Timers timers) {
        this.exchange = exchange;
        this.timers = timers;
    }

    RequestHandler exchange() {
        return exchange;
    }

    Timers timers() {
        return timers;
    }

    /** @param isPublic whether the upstream said so of the representation that the device has just got */
    void start(Observation observation, Feed.Polling feed, boolean isPublic) {
        Poll poll = new Poll(this, Representation.of(observation), feed);
        poll.add(observation);
        if (isPublic) {
            share(poll);
        }
        poll.scheduleFirst();
    }

    /** Lets this poll serve all that observe the same; if there is one already that does, it takes over. */
    void share(Poll poll) {
        Representation representation = poll.representation();
        while (representation.isShareable()) {
            Poll other = shared.putIfAbsent(representation, poll);
            if (other == null && poll.isOver()) {
                unshare(poll);
            }
            if (other == null || other == poll || poll.moveTo(other)) {
                return;
            }
            shared.remove(representation, other); // it is over
        }
    }

    /** From now on this poll serves only those that it has. */
    void unshare(Poll poll) {
        shared.remove(poll.representation(), poll);
    }

    /** @return false if it is not its turn yet; if true, {@link #endTurn} must follow exactly once */
    boolean takeTurn(Poll poll) {
        return turns(poll).tryAcquire();
    }

    void endTurn(Poll poll) {
        turns(poll).release();
    }

    private Semaphore turns(Poll poll) {
        return turns.computeIfAbsent(poll.representation().upstream(), name -> new Semaphore(MAX_UNDER_WAY));
    }
}
