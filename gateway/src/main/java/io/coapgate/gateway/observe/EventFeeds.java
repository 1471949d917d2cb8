package io.coapgate.gateway.observe;

import io.coapgate.gateway.authz.Feed;
import io.coapgate.gateway.exchange.DeviceExchange;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of events, one for each observation that has one: what they say is for its device alone. Thread-safe. */
final class EventFeeds {
    private final DeviceExchange exchange;
    private final Timers timers;
    private final Map<Observation, EventFeed> byObservation = new ConcurrentHashMap<>();

    EventFeeds(DeviceExchange exchange, Timers timers) {
        this.exchange = exchange;
        this.timers = timers;
    }

    void start(Observation observation, Feed.Events settings) {
        EventFeed feed = new EventFeed(exchange, timers, observation, settings);
        byObservation.put(observation, feed);
        if (observation.isOver()) { // meanwhile
            end(observation);
        }
        var unused = timers.after(Duration.ZERO, feed::open);
    }

    void end(Observation observation) {
        EventFeed feed = byObservation.remove(observation);
        if (feed != null) {
            feed.close();
        }
    }
}
