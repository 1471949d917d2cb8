package io.coapgate.gateway;

import io.coapgate.gateway.config.KeyFilesWatch;
import io.coapgate.gateway.config.TrustConfig;
import io.coapgate.gateway.trust.KeySets;
import io.coapgate.gateway.upstream.WebClients;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What is asked of authorization servers other than the gateway's own. */
final class ExternalIssuers {
    private static final int CLOSE_SECONDS = 5;

    private ExternalIssuers() {}

    /** Watches the files with key sets, and asks for those that are elsewhere; waits for none. */
    static KeySets open(TrustConfig config, ScheduledExecutorService timer, Clock clock, Parts parts) {
        if (!config.keyFiles().isEmpty()) {
            parts.add(KeyFilesWatch.start(config.keyFiles()));
        }
        if (config.keySets().isEmpty()) {
            return KeySets.NONE;
        }
        WebClients clients = WebClients.open();
        parts.add(() -> clients.close().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS));
        return KeySets.open(config.keySets(), clients, timer, clock);
    }
}
