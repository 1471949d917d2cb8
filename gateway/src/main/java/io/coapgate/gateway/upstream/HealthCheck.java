package io.coapgate.gateway.upstream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one target again and again whether it is well, over connections of its own, so that a pool in full use doesn't look
 * like a sick target. No token goes with it, and of the answer no more than its head is read. Thread-safe: what it asks and hears, it does on its event loop.
 */
final class HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);
    private static final int SPREAD = 10;
    private static final int SUCCESS_CLASS = 2;
    private static final int HUNDRED = 100;
    /** RFC 9113 §7. */
    private static final long CANCEL = 8;

    private final String target;
    private final HealthSettings settings;
    private final Health health;
    private final Context context;
    private final HttpClient client;
    private volatile boolean stopped;

    /** @param target for the log */
    HealthCheck(String target, HealthSettings settings, Context context, HttpClients clients) {
        this.target = target;
        this.settings = settings;
        this.health = new Health(settings.unhealthyAfter(), settings.healthyAfter());
        this.context = context;
        this.client = clients.open(1);
    }

    /** Begins at once. From any thread. */
    void start() {
        context.runOnContext(ignored -> check());
    }

    void stop() {
        stopped = true;
    }

    boolean isHealthy() {
        return health.isHealthy();
    }

    private void check() {
        if (stopped) {
            return;
        }
        long timeout = settings.timeout().toMillis();
        Future<HttpClientRequest> connected =
                client.request(new RequestOptions().setURI(settings.path()).setConnectTimeout(timeout));
        connected
                .compose(HttpClientRequest::send)
                .map(HealthCheck::status)
                .timeout(timeout, TimeUnit.MILLISECONDS)
                .otherwise(0)
                .onSuccess(status -> {
                    connected.onSuccess(request -> request.reset(CANCEL)); // also if the connection comes too late
                    report(status / HUNDRED == SUCCESS_CLASS);
                    context.owner().setTimer(pause(), id -> check());
                });
    }

    /** Not all gateways of a fleet, and not all targets, at the same moment. */
    private long pause() {
        long interval = settings.interval().toMillis();
        long spread = interval / SPREAD;
        return Math.max(1, interval - spread + ThreadLocalRandom.current().nextLong(2 * spread + 1));
    }

    private void report(boolean passed) {
        if (health.report(passed)) {
            if (passed) {
                LOG.info("{} is healthy again", target);
            } else {
                LOG.warn("{} is unhealthy: no requests to it while there is another", target);
            }
        }
    }

    private static int status(HttpClientResponse response) {
        response.exceptionHandler(ignored -> {}); // what follows the head is not wanted
        return response.statusCode();
    }
}
