package io.coapgate.gateway.upstream;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** An upstream behind Vert.x's HTTP client: one or several targets, of which each request gets one. Thread-safe. */
final class HttpUpstream implements Upstream {
    private final Targets targets;

    private HttpUpstream(Targets targets) {
        this.targets = targets;
    }

    static HttpUpstream open(UpstreamSettings settings, EventLoops loops, Trust trust) {
        Target[] targets = settings.targets().stream()
                .map(url -> Target.open(url, settings, loops, trust))
                .toArray(Target[]::new);
        return new HttpUpstream(new Targets(targets));
    }

    @Override
    public CompletionStage<UpstreamResponse> send(UpstreamRequest request) {
        return new Call(targets, request).start();
    }

    @Override
    public boolean serves(URI other) {
        return other.isAbsolute() && other.getHost() != null && targets.include(Origin.of(other));
    }

    int inFlight() {
        return targets.inFlight();
    }

    void close() {
        targets.close();
    }
}
