package io.coapgate.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every two seconds, on a worker thread, whether TLS material has changed, and passes on what has. Thread-safe. */
final class TlsRefresh {
    private static final Logger LOG = LoggerFactory.getLogger(TlsRefresh.class);
    private static final long EVERY_MILLIS = 2_000;

    private final Vertx vertx;
    private final Supplier<? extends Collection<? extends TlsUser>> users;

    private TlsRefresh(Vertx vertx, Supplier<? extends Collection<? extends TlsUser>> users) {
        this.vertx = vertx;
        this.users = users;
    }

    /** @param users asked for at each look */
    static void start(Vertx vertx, Supplier<? extends Collection<? extends TlsUser>> users) {
        new TlsRefresh(vertx, users).schedule();
    }

    /** One look after the other, so that a file system that hangs holds up one. */
    private void schedule() {
        vertx.setTimer(EVERY_MILLIS, id -> lookAtAll().onComplete(ignored -> schedule()));
    }

    private Future<Void> lookAtAll() {
        Future<Void> looked = Future.succeededFuture();
        for (TlsUser user : users.get()) {
            looked = looked.transform(before -> look(user));
        }
        return looked;
    }

    private Future<Void> look(TlsUser user) {
        return vertx.executeBlocking(() -> {
                    Optional<TlsMaterial> change = user.tls().change();
                    change.ifPresent(user::replaceTls);
                    return change.isPresent();
                })
                .onFailure(e -> LOG.error("reading TLS files failed; connections go on as before", e))
                .mapEmpty();
    }
}
