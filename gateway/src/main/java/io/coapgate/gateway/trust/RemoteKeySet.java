package io.coapgate.gateway.trust;

import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.token.IssuerKeySource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key set of an issuer, had again from time to time: when its freshness ends, within the bounds of the settings, and
 * when a token names a key that is not in it, once per {@code minRefresh} at most. Several that want it share one request.
 * A server that fails leaves the last good set in force until {@code maxStale}. Thread-safe.
 */
final class RemoteKeySet implements IssuerKeySource {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeySet.class);

    private final KeySetSettings settings;
    private final Supplier<CompletionStage<FetchedKeys>> fetch;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    private volatile @Nullable Held held;

    /** All below are guarded by this. */
    private @Nullable CompletableFuture<Void> running;

    private @Nullable ScheduledFuture<?> next;
    private Instant mayAskFrom = Instant.MIN;
    private int failuresInARow;
    private long refreshed;
    private final Map<KeySetException.Reason, Long> failed = new EnumMap<>(KeySetException.Reason.class);

    RemoteKeySet(
            KeySetSettings settings,
            Supplier<CompletionStage<FetchedKeys>> fetch,
            ScheduledExecutorService timer,
            Clock clock) {
        this.settings = settings;
        this.fetch = fetch;
        this.timer = timer;
        this.clock = clock;
        for (KeySetException.Reason reason : KeySetException.Reason.values()) {
            failed.put(reason, 0L);
        }
    }

    String issuer() {
        return settings.issuer();
    }

    /** Asks for the set, and again from then on. */
    void start() {
        var unused = refresh();
    }

    @Override
    public List<RecipientKey> current() {
        Held now = held;
        return now == null || !clock.instant().isBefore(now.staleAt) ? List.of() : now.keys;
    }

    @Override
    public Optional<CompletionStage<Void>> refreshForUnknownKey() {
        return Optional.of(refresh());
    }

    synchronized KeySetStatistics statistics() {
        Held now = held;
        return new KeySetStatistics(
                current().size(),
                Optional.ofNullable(now).map(set -> Duration.between(set.since, clock.instant())),
                refreshed,
                failed);
    }

    /** The request that is under way, or a new one; completed already if it is too early for one. */
    private synchronized CompletableFuture<Void> refresh() {
        if (running != null) {
            return running;
        }
        CompletableFuture<Void> request = new CompletableFuture<>();
        Instant now = clock.instant();
        if (now.isBefore(mayAskFrom)) {
            request.complete(null);
            return request;
        }
        mayAskFrom = now.plus(settings.minRefresh());
        running = request;
        var unused = fetch.get().handle((fetched, failure) -> {
            try {
                finish(fetched, failure);
            } finally {
                request.complete(null); // not under the lock: those who wait go on from here
            }
            return request;
        });
        return request;
    }

    private synchronized void finish(@Nullable FetchedKeys fetched, @Nullable Throwable failure) {
        running = null;
        if (fetched != null) {
            Instant now = clock.instant();
            held = new Held(fetched.keys(), now, now.plus(settings.maxStale()));
            refreshed++;
            failuresInARow = 0;
            schedule(bounded(fetched.freshFor().orElse(settings.maxRefresh())));
        } else {
            failed(failure);
            schedule(bounded(settings.minRefresh().multipliedBy(1L << Math.min(failuresInARow++, 16))));
        }
    }

    private void failed(@Nullable Throwable failure) {
        Throwable cause = Causes.ofNullable(failure);
        KeySetException.Reason reason =
                cause instanceof KeySetException known ? known.reason() : KeySetException.Reason.UNREACHABLE;
        failed.merge(reason, 1L, Long::sum);
        String detail = cause instanceof KeySetException ? cause.getMessage() : "the request failed";
        LOG.warn("the key set of {} could not be had: {}, {}", settings.issuer(), reason.code(), detail);
    }

    private Duration bounded(Duration wanted) {
        if (wanted.compareTo(settings.minRefresh()) < 0) {
            return settings.minRefresh();
        }
        return wanted.compareTo(settings.maxRefresh()) > 0 ? settings.maxRefresh() : wanted;
    }

    /** Guarded by this. */
    private void schedule(Duration delay) {
        if (next != null) {
            next.cancel(false);
        }
        try {
            next = timer.schedule(this::start, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the gateway ends: the key set of {} is not asked for again", settings.issuer());
        }
    }

    private record Held(List<RecipientKey> keys, Instant since, Instant staleAt) {}
}
