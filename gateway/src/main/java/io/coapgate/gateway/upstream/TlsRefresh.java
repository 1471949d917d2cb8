package io.coapgate.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every two seconds, on a worker thread, whether TLS material has changed, and passes on what has. Thread-safe. */
final class TlsRefresh {
    private static final Logger LOG = LoggerFactory.getLogger(TlsRefresh.class);
    private static final long EVERY_MILLIS = 2_000;

    private final Vertx vertx;
    private final List<HttpUpstream> upstreams;

    private TlsRefresh(Vertx vertx, List<HttpUpstream> upstreams) {
        this.vertx = vertx;
        this.upstreams = upstreams;
    }

    static void start(Vertx vertx, List<HttpUpstream> upstreams) {
        new TlsRefresh(vertx, List.copyOf(upstreams)).schedule();
    }

    /** One look after the other, so that a file system that hangs holds up one. */
    private void schedule() {
        vertx.setTimer(EVERY_MILLIS, id -> lookAtAll().onComplete(ignored -> schedule()));
    }

    private Future<Void> lookAtAll() {
        Future<Void> looked = Future.succeededFuture();
        for (HttpUpstream upstream : upstreams) {
            looked = looked.transform(before -> look(upstream));
        }
        return looked;
    }

    private Future<Void> look(HttpUpstream upstream) {
        return vertx.executeBlocking(() -> {
                    Optional<TlsMaterial> change = upstream.tls().change();
                    change.ifPresent(upstream::replaceTls);
                    return change.isPresent();
                })
                .onFailure(e -> LOG.error("reading TLS files failed; connections go on as before", e))
                .mapEmpty();
    }
}
