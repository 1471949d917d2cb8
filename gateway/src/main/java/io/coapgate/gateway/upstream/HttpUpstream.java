package io.coapgate.gateway.upstream;

import io.coapgate.gateway.upstream.UpstreamStatistics.TargetState;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** An upstream behind Vert.x's HTTP client: one or several targets, of which each request gets one. Thread-safe. */
final class HttpUpstream implements Upstream, TlsUser {
    private final TlsSource tls;
    private final Targets targets;
    private final RetryBudget retries;
    private final Breaker breaker;
    private final ResponseTimes times = new ResponseTimes();
    private final LongSupplier nanoTime;
    private final Streams streams;

    private HttpUpstream(TlsSource tls, Targets targets, RetryBudget retries, Breaker breaker, LongSupplier nanoTime) {
        this.tls = tls;
        this.targets = targets;
        this.retries = retries;
        this.breaker = breaker;
        this.nanoTime = nanoTime;
        this.streams = new Streams(targets, Streams.MAX_SILENCE);
    }

    static HttpUpstream open(UpstreamSettings settings, EventLoops loops, LongSupplier nanoTime) {
        Target[] targets = settings.targets().stream()
                .map(url -> Target.open(url, settings, loops, nanoTime))
                .toArray(Target[]::new);
        // what one target can have under way
        RetryBudget retries = new RetryBudget(settings.connections().maxConnections());
        Breaker breaker = new Breaker(settings.name(), settings.failures().breaker(), nanoTime);
        return new HttpUpstream(settings.tls(), new Targets(settings.name(), targets), retries, breaker, nanoTime);
    }

    @Override
    public CompletionStage<UpstreamResponse> send(UpstreamRequest request) {
        if (!breaker.permits()) {
            return CompletableFuture.failedFuture(breaker.refusal());
        }
        retries.countRequest();
        return new Call(this, request).start();
    }

    @Override
    public BodyStream stream(UpstreamRequest request, BodyReader reader) {
        return streams.open(request, reader);
    }

    @Override
    public boolean serves(URI other) {
        return other.isAbsolute() && other.getHost() != null && targets.include(Origin.of(other));
    }

    @Override
    public TlsSource tls() {
        return tls;
    }

    @Override
    public void replaceTls(TlsMaterial material) {
        targets.all().forEach(target -> target.replaceTls(material));
    }

    Targets targets() {
        return targets;
    }

    RetryBudget retries() {
        return retries;
    }

    Breaker breaker() {
        return breaker;
    }

    ResponseTimes times() {
        return times;
    }

    UpstreamStatistics statistics() {
        Map<String, TargetState> states =
                targets.all().stream().collect(Collectors.toMap(Target::toString, Target::state));
        return new UpstreamStatistics(
                inFlight(), states, targets.ejections(), retries.retries(), breaker.state(), times.snapshot());
    }

    /** Monotonic, for deadlines. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    int inFlight() {
        return targets.inFlight();
    }

    void close() {
        targets.close();
    }
}
