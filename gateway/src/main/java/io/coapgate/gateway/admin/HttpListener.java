package io.coapgate.gateway.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bound HTTP server with its limits. Thread-safe. */
final class HttpListener {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int MAX_REQUEST_LINE_BYTES = 1024;
    private static final int MAX_HEADER_BYTES = 8192;
    /** A client that sends a byte now and then is never idle; this ends its connection all the same. */
    private static final Duration MAX_CONNECTION_LIFE = Duration.ofMinutes(5);

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final HttpListenerSettings settings;
    private final AtomicInteger connections = new AtomicInteger();
    private final HttpServer server;

    private HttpListener(Vertx vertx, HttpListenerSettings settings, Site site) {
        this.vertx = vertx;
        this.settings = settings;
        this.server = vertx.createHttpServer(options(settings))
                .connectionHandler(this::opened)
                .exceptionHandler(failure -> LOG.debug("connection failed", failure))
                .invalidRequestHandler(request -> request.response()
                        .setStatusCode(400)
                        .putHeader("connection", "close")
                        .end()
                        .onComplete(ended -> request.connection().close()))
                .requestHandler(site);
    }

    static Future<HttpListener> bind(Vertx vertx, HttpListenerSettings settings, Site site) {
        HttpListener listener = new HttpListener(vertx, settings, site);
        return listener.server.listen().map(listener);
    }

    private static HttpServerOptions options(HttpListenerSettings settings) {
        return new HttpServerOptions()
                .setHost(settings.address().getAddress().getHostAddress())
                .setPort(settings.address().getPort())
                .setIdleTimeout(Math.toIntExact(settings.idleTimeout().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setHttp2ClearTextEnabled(false);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(settings.address().getAddress(), server.actualPort());
    }

    /** Lets requests under way end, for a short while. */
    Future<Void> close() {
        return server.shutdown(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void opened(HttpConnection connection) {
        long expiry = vertx.setTimer(MAX_CONNECTION_LIFE.toMillis(), id -> connection.shutdown());
        connection.closeHandler(ignored -> {
            connections.decrementAndGet();
            vertx.cancelTimer(expiry);
        });
        if (connections.incrementAndGet() > settings.maxConnections()) {
            connection.close();
        }
    }
}
