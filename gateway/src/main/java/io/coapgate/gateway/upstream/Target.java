package io.coapgate.gateway.upstream;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;

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
    private final Ejection ejection;
    private final HttpClients clients;

    private Target(Origin origin, HttpClients clients, Lane[] lanes, Ejection ejection) {
        this.origin = origin;
        this.clients = clients;
        this.lanes = lanes;
        this.ejection = ejection;
    }

    static Target open(URI url, UpstreamSettings settings, EventLoops loops, LongSupplier nanoTime) {
        ConnectionSettings connections = settings.connections();
        Origin origin = Origin.of(url);
        HttpClients clients = new HttpClients(
                origin, connections, loops.vertx(), settings.tls().current());
        List<Context> contexts = loops.contexts();
        int perConnection = connections.requestsPerConnection();
        long requests = (long) connections.maxConnections() * perConnection;
        int most = Math.min(contexts.size(), connections.maxConnections());
        int count = (int) Math.max(1, Math.min(most, requests / REQUESTS_PER_LANE));
        int first = ThreadLocalRandom.current().nextInt(contexts.size());
        Lane[] lanes = new Lane[count];
        for (int i = 0; i < count; i++) {
            int share = share(connections.maxConnections(), count, i);
            Function<Handler<HttpConnection>, HttpClient> client = fresh -> clients.open(share, fresh);
            lanes[i] = new Lane(
                    contexts.get((first + i) % contexts.size()),
                    nanoTime,
                    client,
                    Math.multiplyExact(share, perConnection),
                    share(connections.maxQueued(), count, i),
                    connections.maxResponseBytes());
        }
        return new Target(
                origin, clients, lanes, new Ejection(settings.failures().ejection(), nanoTime));
    }

    /** What lane {@code index} gets of a total that may not divide evenly. */
    private static int share(int total, int lanes, int index) {
        return total / lanes + (index < total % lanes ? 1 : 0);
    }

    /** Any of them: requests spread by chance. */
    Lane lane() {
        return lanes.length == 1 ? lanes[0] : lanes[ThreadLocalRandom.current().nextInt(lanes.length)];
    }

    void replaceTls(TlsMaterial material) {
        clients.replace(material);
    }

    Ejection ejection() {
        return ejection;
    }

    /** Whether requests may be sent to it. */
    boolean isAvailable() {
        return !ejection.isOut();
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
        for (Lane lane : lanes) {
            lane.close();
        }
    }

    @Override
    public String toString() {
        return origin.toString();
    }
}
