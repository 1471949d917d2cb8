package io.coapgate.gateway.upstream;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** The clients for what the gateway asks on its own account, on an event loop apart from that of requests. Thread-safe. */
public final class WebClients {
    private final EventLoops loops;
    private final List<WebClient> clients = new CopyOnWriteArrayList<>();

    private WebClients(EventLoops loops) {
        this.loops = loops;
    }

    /** Starts the event loop and waits until it runs. */
    public static WebClients open() {
        WebClients clients = new WebClients(EventLoops.start(1));
        TlsRefresh.start(clients.loops.vertx(), () -> clients.clients);
        return clients;
    }

    /**
     * A client with connections of its own; none is made before the first request.
     *
     * @param name for logs
     * @param tls counts for https
     */
    public WebClient client(UpstreamName name, ConnectionSettings connections, TlsSource tls) {
        WebClient client = new WebClient(name, connections, tls, loops);
        clients.add(client);
        return client;
    }

    /** Fails whatever is still under way, closes the connections and ends the thread. May be called again. */
    public CompletionStage<Void> close() {
        clients.forEach(WebClient::close);
        return loops.close();
    }
}
