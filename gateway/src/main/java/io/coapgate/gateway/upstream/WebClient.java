package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks HTTP servers that the gateway needs for itself, such as authorization servers, by URL. Redirects are not followed,
 * nothing is sent twice, and no breaker has a say: those who ask know better when to ask again. Thread-safe.
 */
public final class WebClient implements TlsUser {
    /** Few, and known by configuration; more come only from documents that lead astray. */
    private static final int MAX_ORIGINS = 8;

    private final UpstreamName name;
    private final ConnectionSettings connections;
    private final TlsSource tls;
    private final EventLoops loops;
    private final Map<Origin, HttpUpstream> servers = new ConcurrentHashMap<>();

    WebClient(UpstreamName name, ConnectionSettings connections, TlsSource tls, EventLoops loops) {
        this.name = name;
        this.connections = connections;
        this.tls = tls;
        this.loops = loops;
    }

    /**
     * Sends one request. Never blocks and never throws; the stage is completed on another thread, which must not be held up.
     *
     * @return completed exceptionally with {@link UpstreamException} if no complete response arrived
     */
    public CompletionStage<UpstreamResponse> send(WebRequest request) {
        HttpUpstream server = server(request.url());
        return server == null
                ? CompletableFuture.failedFuture(
                        new UpstreamException(Refusal.UPSTREAM_UNREACHABLE, "too many different servers"))
                : server.send(request.toUpstream());
    }

    private @Nullable HttpUpstream server(URI url) {
        Origin origin = Origin.of(url);
        HttpUpstream known = servers.get(origin);
        return known != null || servers.size() >= MAX_ORIGINS ? known : servers.computeIfAbsent(origin, this::open);
    }

    private HttpUpstream open(Origin origin) {
        URI target = URI.create(origin.scheme() + "://" + origin.host() + ":" + origin.port());
        UpstreamSettings settings = new UpstreamSettings(name, List.of(target), connections, tls, FailureSettings.NONE);
        return HttpUpstream.open(settings, loops, System::nanoTime);
    }

    @Override
    public TlsSource tls() {
        return tls;
    }

    @Override
    public void replaceTls(TlsMaterial material) {
        servers.values().forEach(server -> server.replaceTls(material));
    }

    void close() {
        servers.values().forEach(HttpUpstream::close);
    }
}
