package io.coapgate.gateway.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The gateway's two HTTP listeners, on threads of their own, so that a scrape never delays a device. Thread-safe.
 */
public final class HttpListeners {
    private static final int WORKERS = 2;

    private final Vertx vertx;
    private final HttpListener publicListener;
    private final HttpListener adminListener;

    private HttpListeners(Vertx vertx, HttpListener publicListener, HttpListener adminListener) {
        this.vertx = vertx;
        this.publicListener = publicListener;
        this.adminListener = adminListener;
    }

    /**
     * Binds both listeners and waits until they are.
     *
     * @throws IOException if an address can't be bound; neither listener remains
     */
    public static HttpListeners start(
            HttpListenerSettings publicSettings,
            PublicDocuments documents,
            HttpListenerSettings adminSettings,
            Operations operations,
            Clock clock)
            throws IOException {
        Vertx vertx = vertx();
        try {
            return new HttpListeners(
                    vertx,
                    bind(vertx, publicSettings, clock, documents.endpoints(), documents.posts()),
                    bind(vertx, adminSettings, clock, operations.endpoints(), Map.of()));
        } catch (IOException e) {
            vertx.close();
            throw e;
        }
    }

    private static HttpListener bind(
            Vertx vertx,
            HttpListenerSettings settings,
            Clock clock,
            Map<String, Endpoint> endpoints,
            Map<String, PostEndpoint> posts)
            throws IOException {
        try {
            return HttpListener.bind(vertx, settings, new Site(vertx, clock, endpoints, posts))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot bind HTTP to " + settings.address() + ": " + cause.getMessage(), e);
        }
    }

    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    }

    /** Where upstream services find the keys; the port is the one that was bound. */
    public InetSocketAddress publicAddress() {
        return publicListener.address();
    }

    /** Where the operator finds health and metrics; the port is the one that was bound. */
    public InetSocketAddress adminAddress() {
        return adminListener.address();
    }

    /** Takes no more connections, lets requests under way end for up to 2 s, then ends the threads. */
    public CompletionStage<Void> close() {
        return Future.join(publicListener.close(), adminListener.close())
                .transform(ended -> vertx.close())
                .toCompletionStage();
    }
}
