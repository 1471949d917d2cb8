package io.coapgate.gateway.admin;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;

/** Reads the body of one request, no longer and for no longer than it may take. Used by the request's event loop alone. */
final class BoundedBody {
    static final int MAX_BYTES = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Buffer body = Buffer.buffer();
    private final Promise<Optional<Buffer>> whole = Promise.promise();

    BoundedBody(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /** The whole of it; empty if it is too long. A peer that takes too long loses its connection. */
    Future<Optional<Buffer>> read() {
        long timer =
                vertx.setTimer(PATIENCE.toMillis(), late -> request.connection().close());
        request.handler(this::append)
                .endHandler(end -> whole.tryComplete(Optional.of(body)))
                .exceptionHandler(whole::tryFail);
        return whole.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void append(Buffer part) {
        if (body.length() + part.length() > MAX_BYTES) {
            whole.tryComplete(Optional.empty());
        } else {
            body.appendBuffer(part);
        }
    }
}
