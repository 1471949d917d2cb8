package io.coapgate.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Function;

/** HTTP/2 by Vert.x's client and its pool, which share connections among requests. Only for the lane's event loop. */
final class Http2Transport implements Transport {
    /** RFC 9113 §7. */
    private static final long CANCEL = 8;

    private final HttpClient client;
    private final int maxResponseBytes;
    /** Connections that have carried no request yet. */
    private final Set<HttpConnection> unused = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The last stream that a server has looked at, of connections that it is about to close. */
    private final IdentityHashMap<HttpConnection, Integer> goneAway = new IdentityHashMap<>();

    /** @param client makes one, given who is told of every new connection */
    Http2Transport(Function<Handler<HttpConnection>, HttpClient> client, int maxResponseBytes) {
        this.client = client.apply(this::connected);
        this.maxResponseBytes = maxResponseBytes;
    }

    @Override
    public void open(HttpExchange exchange, long timeoutMillis) {
        RequestOptions options = RequestHead.options(exchange.request()).setConnectTimeout(timeoutMillis);
        Future<HttpClientRequest> request = client.request(options);
        request.onComplete(result -> {
            if (result.succeeded()) {
                exchange.connected(new Stream(result.result()));
            } else {
                exchange.unreachable(result.cause());
            }
        });
    }

    private void connected(HttpConnection connection) {
        unused.add(connection);
        connection.closeHandler(ignored -> {
            unused.remove(connection);
            goneAway.remove(connection);
        });
        if (connection.protocolVersion()
                == io.vertx.core.http.HttpVersion.HTTP_2) { // a server may know no other than HTTP/1.1
            connection.goAwayHandler(goAway -> goneAway.put(connection, goAway.getLastStreamId()));
        }
    }

    private final class Stream implements Attempt {
        private final HttpClientRequest stream;

        Stream(HttpClientRequest stream) {
            this.stream = stream;
        }

        @Override
        public boolean isReused() {
            return !unused.remove(stream.connection());
        }

        @Override
        public void send(UpstreamRequest request, Outcome outcome) {
            stream.continueHandler(ignored -> outcome.interim());
            stream.earlyHintsHandler(ignored -> outcome.interim());
            stream.response().onComplete(result -> {
                if (result.succeeded()) {
                    ResponseReader.read(result.result(), maxResponseBytes, outcome);
                } else {
                    outcome.unanswered(result.cause());
                }
            });
            RequestHead.write(request, stream);
        }

        /** It refused the stream, or went away having seen only earlier ones. */
        @Override
        public boolean isUnprocessed(Throwable failure) {
            Integer lastSeen = goneAway.get(stream.connection());
            return Failures.isRefusedStream(failure)
                    || (lastSeen != null && (stream.streamId() < 0 || lastSeen < stream.streamId()));
        }

        @Override
        public void abandon() {
            cancel();
        }

        /** A stream is reset; the connection carries on. */
        @Override
        public void cancel() {
            stream.reset(CANCEL);
        }
    }
}
