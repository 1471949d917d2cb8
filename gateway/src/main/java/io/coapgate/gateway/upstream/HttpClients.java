package io.coapgate.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TcpClientConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Makes Vert.x's HTTP clients for one target, each with a pool of its own. Thread-safe. */
final class HttpClients {
    private static final int MAX_HEADER_BYTES = 8192;
    private static final int MAX_STATUS_LINE_BYTES = 1024;
    private static final int KEEP_ALIVE_SECONDS = 15;
    /** A connection is replaced now and then, so that changes in DNS and new certificates take effect. */
    private static final int MAX_CONNECTION_LIFE_SECONDS = 300;

    private final Vertx vertx;
    private final HttpClientOptions options;
    private final boolean multiplexes;
    private final Origin origin;
    private final int maxResponseBytes;
    private final int connectMillis;
    private final NetClient sockets;
    /** Guarded by this. */
    private final List<HttpClientAgent> opened = new ArrayList<>();
    /** Changed under this. */
    private volatile TlsMaterial tls;

    HttpClients(Origin origin, ConnectionSettings settings, Vertx vertx, TlsMaterial tls) {
        this.vertx = vertx;
        this.options = options(origin, settings);
        this.multiplexes = settings.version() == HttpVersion.HTTP_2;
        this.tls = tls;
        this.origin = origin;
        this.maxResponseBytes = settings.maxResponseBytes();
        this.connectMillis = options.getConnectTimeout();
        this.sockets = vertx.createNetClient(new TcpClientConfig(), tlsOptions(tls));
    }

    HttpClient open(int connections) {
        return open(connections, ignored -> {});
    }

    /** @param fresh is told of every new connection */
    synchronized HttpClient open(int connections, Handler<HttpConnection> fresh) {
        HttpClientAgent client = vertx.httpClientBuilder()
                .with(options)
                .with(tlsOptions(tls))
                .with(new PoolOptions()
                        .setHttp1MaxSize(connections)
                        .setHttp2MaxSize(multiplexes ? connections : 1) // the pool multiplies the two
                        .setMaxLifetime(MAX_CONNECTION_LIFE_SECONDS))
                .withConnectHandler(connection -> {
                    // Whoever asked hears of it; Vert.x would log what the peer sent.
                    connection.exceptionHandler(ignored -> {});
                    fresh.handle(connection);
                })
                .build();
        opened.add(client);
        return client;
    }

    /** The connections of one lane. */
    Transport transport(int connections, LongSupplier nanoTime) {
        return multiplexes
                ? new Http2Transport(fresh -> open(connections, fresh), maxResponseBytes)
                : new Http1Transport(this::connect, () -> tls, origin, nanoTime, maxResponseBytes);
    }

    private Future<NetSocket> connect(long timeoutMillis) {
        ConnectOptions to = new ConnectOptions()
                .setHost(origin.host())
                .setPort(origin.port())
                .setSsl(origin.isSecure())
                .setTimeout((int) Math.min(timeoutMillis, connectMillis));
        return sockets.connect(to);
    }

    /** New connections follow it; those that stand live on until they are idle or old. */
    synchronized void replace(TlsMaterial material) {
        ClientSSLOptions changed = tlsOptions(material);
        opened.forEach(client -> client.updateSSLOptions(changed));
        var unused = sockets.updateSSLOptions(changed);
        tls = material; // last: no connection may pass for one that was made with it and wasn't
    }

    private ClientSSLOptions tlsOptions(TlsMaterial material) {
        ClientSSLOptions base = options.getSslOptions();
        return TlsOptions.of(base == null ? new ClientSSLOptions() : base, material)
                .setHostnameVerificationAlgorithm("HTTPS");
    }

    private static HttpClientOptions http2(HttpClientOptions options, int maxStreams) {
        return options.setProtocolVersion(io.vertx.core.http.HttpVersion.HTTP_2)
                .setUseAlpn(options.isSsl())
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MultiplexingLimit(maxStreams)
                .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setInitialSettings(new Http2Settings().setPushEnabled(false).setMaxHeaderListSize(MAX_HEADER_BYTES));
    }

    private static HttpClientOptions options(Origin origin, ConnectionSettings settings) {
        int connectMillis =
                Math.toIntExact(Math.max(1, settings.connectTimeout().toMillis()));
        HttpClientOptions options = new HttpClientOptions()
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
        return settings.version() == HttpVersion.HTTP_2 ? http2(options, settings.maxStreams()) : options;
    }
}
