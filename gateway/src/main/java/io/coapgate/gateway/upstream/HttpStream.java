package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request whose response is handed on piece by piece. All but {@link #start} and {@link #close} runs on one event loop,
 * which guards the fields.
 */
final class HttpStream implements BodyStream {
    private final Context context;
    private final UpstreamRequest request;
    private final Duration maxSilence;
    private final BodyReader reader;
    private final Runnable whenOver;

    private @Nullable HttpClientRequest sent;
    private long timer = -1;
    private boolean heard;
    private boolean over;

    /** @param maxSilence so long without a byte, once the response has begun, is taken for the end */
    HttpStream(Context context, UpstreamRequest request, Duration maxSilence, BodyReader reader, Runnable whenOver) {
        this.context = context;
        this.request = request;
        this.maxSilence = maxSilence;
        this.reader = reader;
        this.whenOver = whenOver;
    }

    void start(HttpClient client) {
        context.runOnContext(ignored -> {
            if (!over) {
                timer = context.owner().setTimer(request.responseTimeout().toMillis(), late -> {
                    timer = -1;
                    fail(new UpstreamException(Refusal.UPSTREAM_TIMEOUT, "no response in time"));
                });
                connect(client);
            }
        });
    }

    private void connect(HttpClient client) {
        try {
            client.request(RequestHead.options(request)).onComplete(this::connected);
        } catch (RuntimeException e) { // the client is closed
            fail(Failures.whileConnecting(e));
        }
    }

    @Override
    public void close() {
        context.runOnContext(ignored -> finish());
    }

    private void connected(AsyncResult<HttpClientRequest> result) {
        if (result.failed()) {
            fail(Failures.whileConnecting(result.cause()));
            return;
        }
        sent = result.result();
        if (over) {
            sent.reset();
            return;
        }
        sent.response().onComplete(this::responded);
        try {
            RequestHead.write(request, sent);
        } catch (RuntimeException e) {
            fail(Failures.whileConnecting(e));
        }
    }

    private void responded(AsyncResult<HttpClientResponse> result) {
        if (over) {
            return;
        }
        if (result.failed()) {
            fail(Failures.afterConnecting(result.cause()));
            return;
        }
        HttpClientResponse response = result.result();
        Optional<UpstreamResponse> head = ResponseReader.head(response);
        if (head.isEmpty()) {
            fail(new UpstreamException(Refusal.UPSTREAM_RESPONSE_INVALID, "status " + response.statusCode()));
            return;
        }
        cancelTimer();
        listenForSilence();
        response.exceptionHandler(failure -> fail(Failures.afterConnecting(failure)))
                .handler(this::append)
                .endHandler(ignored -> {
                    sent = null; // its connection can serve again
                    end(Optional.empty());
                });
        if (!reader.begin(head.get())) {
            finish();
        }
    }

    private void append(Buffer piece) {
        heard = true;
        if (!over && !reader.read(piece.getBytes())) {
            finish();
        }
    }

    private void listenForSilence() {
        heard = false;
        timer = context.owner().setTimer(maxSilence.toMillis(), ignored -> {
            timer = -1;
            if (heard) {
                listenForSilence();
            } else {
                fail(new UpstreamException(Refusal.UPSTREAM_TIMEOUT, "silence in the middle of a response"));
            }
        });
    }

    private void fail(UpstreamException failure) {
        end(Optional.of(failure));
    }

    private void end(Optional<UpstreamException> failure) {
        if (!over) {
            finish();
            reader.end(failure);
        }
    }

    /** Resetting an HTTP/1.1 request closes its connection. */
    private void finish() {
        if (!over) {
            over = true;
            cancelTimer();
            if (sent != null) {
                sent.reset();
            }
            whenOver.run();
        }
    }

    private void cancelTimer() {
        if (timer >= 0) {
            context.owner().cancelTimer(timer);
            timer = -1;
        }
    }
}
