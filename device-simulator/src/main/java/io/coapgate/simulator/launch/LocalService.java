package io.coapgate.simulator.launch;

import io.coapgate.simulator.upstream.ResourceServer;
import io.coapgate.simulator.upstream.ResourceServerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;

/** The service behind a local gateway, which can be away for a while. Thread-safe. */
final class LocalService implements AutoCloseable {
    private final ResourceServerSettings settings;
    private final Clock clock;
    /** Guarded by this, and so is {@link #running}. */
    private ResourceServer server;

    private boolean running = true;

    private LocalService(ResourceServerSettings settings, Clock clock, ResourceServer server) {
        this.settings = settings;
        this.clock = clock;
        this.server = server;
    }

    static LocalService start(ResourceServerSettings settings, Clock clock) throws IOException {
        ResourceServer server = ResourceServer.start(settings, clock);
        InetSocketAddress address = new InetSocketAddress(settings.address().getAddress(), server.port());
        return new LocalService(
                new ResourceServerSettings(
                        address, settings.tokens(), settings.requiredScopes(), settings.status(), settings.delay()),
                clock,
                server);
    }

    InetSocketAddress address() {
        return settings.address();
    }

    /** The one that runs, or ran last. */
    synchronized ResourceServer server() {
        return server;
    }

    /** Starts it again where it was; nothing happens if it runs. */
    synchronized void start() throws IOException {
        if (!running) {
            server = ResourceServer.start(settings, clock);
            running = true;
        }
    }

    @Override
    public synchronized void close() {
        if (running) {
            server.close();
            running = false;
        }
    }
}
