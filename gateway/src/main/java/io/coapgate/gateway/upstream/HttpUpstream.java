package io.coapgate.gateway.upstream;

import io.vertx.core.Context;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * An upstream behind Vert.x's HTTP client. Thread-safe.
 *
 * <p>It has one lane per event loop, and each lane has its share of the connections and of the queue. A lane with few
 * connections would refuse while another one idles, so that small pools use fewer lanes.
 */
final class HttpUpstream implements Upstream {
    private static final int CONNECTIONS_PER_LANE = 16;
    private static final int MAX_HEADER_BYTES = 8192;
    private static final int MAX_STATUS_LINE_BYTES = 1024;
    private static final int KEEP_ALIVE_SECONDS = 15;
    /** A connection is replaced now and then, so that a change in DNS takes effect. */
    private static final int MAX_CONNECTION_LIFE_SECONDS = 300;

    private final URI url;
    private final Lane[] lanes;

    private HttpUpstream(URI url, Lane[] lanes) {
        this.url = url;
        this.lanes = lanes;
    }

    static HttpUpstream open(UpstreamSettings settings, EventLoops loops, Trust trust) {
        List<Context> contexts = loops.contexts();
        int count = Math.max(1, Math.min(contexts.size(), settings.maxConnections() / CONNECTIONS_PER_LANE));
        HttpClientOptions options = options(settings);
        trust.apply(options);
        int first = ThreadLocalRandom.current().nextInt(contexts.size());
        Lane[] lanes = new Lane[count];
        for (int i = 0; i < count; i++) {
            int connections = share(settings.maxConnections(), count, i);
            lanes[i] = new Lane(
                    contexts.get((first + i) % contexts.size()),
                    fresh -> loops.vertx()
                            .httpClientBuilder()
                            .with(options)
                            .with(new PoolOptions()
                                    .setHttp1MaxSize(connections)
                                    .setMaxLifetime(MAX_CONNECTION_LIFE_SECONDS))
                            .withConnectHandler(fresh)
                            .build(),
                    connections,
                    share(settings.maxQueued(), count, i),
                    settings.maxResponseBytes());
        }
        return new HttpUpstream(settings.url(), lanes);
    }

    /** What lane {@code index} gets of a total that may not divide evenly. */
    private static int share(int total, int lanes, int index) {
        return total / lanes + (index < total % lanes ? 1 : 0);
    }

    private static HttpClientOptions options(UpstreamSettings settings) {
        URI url = settings.url();
        boolean tls = "https".equals(url.getScheme());
        int connectMillis =
                Math.toIntExact(Math.max(1, settings.connectTimeout().toMillis()));
        return new HttpClientOptions()
                .setSsl(tls)
                .setVerifyHost(true)
                .setDefaultHost(url.getHost())
                .setDefaultPort(port(url))
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
                .setMaxRedirects(0)
                .setDecompressionSupported(false);
    }

    @Override
    public CompletionStage<UpstreamResponse> send(UpstreamRequest request) {
        Lane lane =
                lanes.length == 1 ? lanes[0] : lanes[ThreadLocalRandom.current().nextInt(lanes.length)];
        return new HttpExchange(lane, request).start();
    }

    @Override
    public boolean serves(URI other) {
        return url.getScheme().equalsIgnoreCase(other.getScheme())
                && url.getHost().equalsIgnoreCase(other.getHost())
                && port(url) == port(other);
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

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
}
