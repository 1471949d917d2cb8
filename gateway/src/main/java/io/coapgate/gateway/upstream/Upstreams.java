package io.coapgate.gateway.upstream;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Every configured upstream, with a client each and event loops that they share. Thread-safe.
 *
 * <p>Requests may come from any thread. Each is handed to one of the event loops and stays there with its connection:
 * queue, deadline and response need no lock. The stage that {@link Upstream#send} returns is completed on that event loop.
 */
public final class Upstreams {
    private final EventLoops loops;
    private final Map<UpstreamName, HttpUpstream> byName;

    private Upstreams(EventLoops loops, Map<UpstreamName, HttpUpstream> byName) {
        this.loops = loops;
        this.byName = byName;
    }

    /**
     * Starts the event loops; no connection is made before the first request. Waits until they run.
     *
     * @param eventLoops threads that all upstreams share; one carries several tens of thousands of requests per second
     * @throws IllegalArgumentException if two upstreams have the same name
     */
    public static Upstreams open(Collection<UpstreamSettings> upstreams, int eventLoops) {
        return open(upstreams, eventLoops, System::nanoTime);
    }

    static Upstreams open(Collection<UpstreamSettings> upstreams, int eventLoops, LongSupplier nanoTime) {
        List<UpstreamSettings> all = List.copyOf(upstreams);
        if (all.stream().map(UpstreamSettings::name).distinct().count() != all.size()) {
            throw new IllegalArgumentException("two upstreams have the same name");
        }
        EventLoops loops = EventLoops.start(eventLoops);
        Map<UpstreamName, HttpUpstream> byName = new LinkedHashMap<>();
        all.forEach(settings -> byName.put(settings.name(), HttpUpstream.open(settings, loops, nanoTime)));
        List<HttpUpstream> users = List.copyOf(byName.values());
        TlsRefresh.start(loops.vertx(), () -> users);
        return new Upstreams(loops, byName);
    }

    /** The event loops, for others to work on who do not block: what they send from there stays there. */
    public EventLoopExecutor executor() {
        return loops.executor();
    }

    /** Immutable; in the order of the configuration. */
    public Map<UpstreamName, Upstream> byName() {
        return Map.copyOf(byName);
    }

    /** What each is doing, for operators; in the order of the configuration. */
    public Map<UpstreamName, UpstreamStatistics> statistics() {
        Map<UpstreamName, UpstreamStatistics> statistics = new LinkedHashMap<>();
        byName.forEach((name, upstream) -> statistics.put(name, upstream.statistics()));
        return statistics;
    }

    /** Requests under way or waiting for a connection, over all upstreams; may lag behind a little. */
    public int inFlight() {
        return byName.values().stream().mapToInt(HttpUpstream::inFlight).sum();
    }

    /** Fails whatever is still under way, closes the connections and ends the threads. May be called again. */
    public CompletionStage<Void> close() {

        byName.values().forEach(HttpUpstream::close);
        return loops.close();
    }
}
