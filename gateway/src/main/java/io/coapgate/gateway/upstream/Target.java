package io.coapgate.gateway.upstream;

import io.coapgate.gateway.upstream.UpstreamStatistics.TargetState;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One place where an upstream's service runs. Thread-safe.
 *
 * <p>It has one lane per event loop, and each lane has its share of the connections and of the queue. A lane with few
 * connections would refuse while another one idles, so that small pools use fewer lanes.
 */
final class Target {
    private static final int REQUESTS_PER_LANE = 16;

    private final Origin origin;
    private final Lane[] lanes;
    private final Optional<HealthCheck> health;
    private final Ejection ejection;
    private final HttpClients clients;
    /** Guarded by this: most targets need none. */
    private @Nullable HttpClient streamClient;

    private Target(Origin origin, HttpClients clients, Lane[] lanes, Optional<HealthCheck> health, Ejection ejection) {
        this.origin = origin;
        this.clients = clients;
        this.lanes = lanes;
        this.health = health;
        health.ifPresent(HealthCheck::start);
        this.ejection = ejection;
    }

    static Target open(URI url, UpstreamSettings settings, EventLoops loops, LongSupplier nanoTime) {
        Origin origin = Origin.of(url);
        ConnectionSettings connections = settings.connections();
        TlsMaterial tls = settings.tls().current();
        HttpClients clients = new HttpClients(origin, connections, loops.vertx(), tls);
        List<Context> contexts = loops.contexts();
        int first = ThreadLocalRandom.current().nextInt(contexts.size());
        Lane[] lanes = new Lane[lanes(connections, contexts.size())];
        for (int i = 0; i < lanes.length; i++) {
            int share = share(connections.maxConnections(), lanes.length, i);
            lanes[i] = new Lane(
                    contexts.get((first + i) % contexts.size()),
                    nanoTime,
                    clients.transport(share, nanoTime),
                    Math.multiplyExact(share, connections.requestsPerConnection()),
                    share(connections.maxQueued(), lanes.length, i));
        }
        Ejection ejection = new Ejection(settings.failures().ejection(), nanoTime);
        return new Target(origin, clients, lanes, health(origin, settings, contexts.get(first), clients), ejection);
    }

    private static Optional<HealthCheck> health(
            Origin origin, UpstreamSettings settings, Context context, HttpClients clients) {
        String target = "upstream " + settings.name() + ": " + origin;
        return settings.failures().health().map(checks -> new HealthCheck(target, checks, context, clients));
    }

    private static int lanes(ConnectionSettings connections, int eventLoops) {
        long requests = (long) connections.maxConnections() * connections.requestsPerConnection();
        int most = Math.min(eventLoops, connections.maxConnections());
        return (int) Math.max(1, Math.min(most, requests / REQUESTS_PER_LANE));
    }

    /** What lane {@code index} gets of a total that may not divide evenly. */
    private static int share(int total, int lanes, int index) {
        return total / lanes + (index < total % lanes ? 1 : 0);
    }

    /** That of the event loop that asks; else any of them, so that requests spread by chance. */
    Lane lane() {
        for (Lane lane : lanes) {
            if (lane.isOwnThread()) {
                return lane;
            }
        }
        return lanes.length == 1 ? lanes[0] : lanes[ThreadLocalRandom.current().nextInt(lanes.length)];
    }

    /** For responses that last, with connections of its own. */
    synchronized HttpClient streamClient() {
        HttpClient client = streamClient;
        if (client == null) {
            client = clients.open(Streams.MAX_STREAMS);
            streamClient = client;
        }
        return client;
    }

    Context streamContext() {
        return lane().context();
    }

    void replaceTls(TlsMaterial material) {
        clients.replace(material);
    }

    Ejection ejection() {
        return ejection;
    }

    /** Whether nobody asks, or the answers are good. */
    boolean isHealthy() {
        return health.isEmpty() || health.get().isHealthy();
    }

    /** Whether requests may be sent to it. */
    boolean isAvailable() {
        return isHealthy() && !ejection.isOut();
    }

    TargetState state() {
        if (!isHealthy()) {
            return TargetState.UNHEALTHY;
        }
        return ejection.isOut() ? TargetState.EJECTED : TargetState.HEALTHY;
    }

    Origin origin() {
        return origin;
    }

    /** May lag behind a little. */
    int inFlight() {
        int sum = 0;
        for (Lane lane : lanes) {
            sum += lane.inFlight();
        }
        return sum;
    }

    void close() {
        health.ifPresent(HealthCheck::stop);
        for (Lane lane : lanes) {
            lane.close();
        }
    }

    @Override
    public String toString() {
        return origin.toString();
    }
}
