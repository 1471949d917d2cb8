package io.coapgate.simulator.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Collects a request's body as long as it stays within bounds. */
final class RequestBody {
    private RequestBody() {}

    /** The body had more bytes than are taken. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static Future<Buffer> of(HttpServerRequest request, int maxBytes) {
        Promise<Buffer> whole = Promise.promise();
        Buffer collected = Buffer.buffer();
        request.handler(chunk -> {
            if (collected.length() + chunk.length() > maxBytes) {
                whole.tryFail(new TooLargeException());
            } else {
                collected.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(collected));
        return whole.future();
    }
}
