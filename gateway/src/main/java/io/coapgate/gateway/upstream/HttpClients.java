package io.coapgate.gateway.upstream;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.TimeUnit;

/** Makes Vert.x's HTTP clients for one target, each with a pool of its own. */
final class HttpClients {
    private static final int MAX_HEADER_BYTES = 8192;
    private static final int MAX_STATUS_LINE_BYTES = 1024;
    private static final int KEEP_ALIVE_SECONDS = 15;
    /** A connection is replaced now and then, so that a change in DNS takes effect. */
    private static final int MAX_CONNECTION_LIFE_SECONDS = 300;

    private final Vertx vertx;
    private final HttpClientOptions options;

    private HttpClients(Vertx vertx, HttpClientOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    static HttpClients of(Origin origin, ConnectionSettings settings, Vertx vertx, Trust trust) {
        HttpClientOptions options = options(origin, settings);
        trust.apply(options);
        return new HttpClients(vertx, options);
    }

    /** @param fresh is told of every new connection */
    HttpClient open(int connections, Handler<HttpConnection> fresh) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(connections).setMaxLifetime(MAX_CONNECTION_LIFE_SECONDS))
                .withConnectHandler(fresh)
                .build();
    }

    private static HttpClientOptions options(Origin origin, ConnectionSettings settings) {
        int connectMillis =
                Math.toIntExact(Math.max(1, settings.connectTimeout().toMillis()));
        return new HttpClientOptions()
                .setSsl(origin.isSecure())
                .setVerifyHost(true)
                .setDefaultHost(origin.host())
                .setDefaultPort(origin.port())
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
                .setMaxRedirects(0)
                .setDecompressionSupported(false);
    }
}
