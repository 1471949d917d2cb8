package io.coapgate.gateway.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Where responses are kept: a shelf for each owner, all of them bounded together. The shelves that are used least go as a
 * whole. Thread-safe; a look-up takes no lock but the shelf's.
 *
 * <p>What a place holds can be made void at once, without looking for it: each response remembers the generation of its
 * place, and counts only as long as that stands. Places share generations by their hash, so that a change may cost another
 * place its responses, and there is nothing to clean up.
 */
final class Shelves {
    private static final int GENERATIONS = 4096;
    private static final int SHELF_OVERHEAD_BYTES = 512;
    private static final Duration IDLE = Duration.ofHours(1);

    private final int maxBytesPerOwner;
    private final Cache<CacheKey.Owner, Shelf> byOwner;
    private final AtomicLongArray generations = new AtomicLongArray(GENERATIONS);

    Shelves(CacheSettings settings, Clock clock) {
        this.maxBytesPerOwner = settings.maxBytesPerDevice();
        this.byOwner = Caffeine.newBuilder()
                .maximumWeight(settings.maxBytes())
                .weigher((CacheKey.Owner owner, Shelf shelf) -> shelf.bytes() + SHELF_OVERHEAD_BYTES)
                .expireAfterAccess(IDLE)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    Optional<StoredResponse> get(CacheKey key) {
        Shelf shelf = byOwner.getIfPresent(key.owner());
        return shelf == null ? Optional.empty() : shelf.get(key).filter(response -> isCurrent(key, response));
    }

    /** Whether nothing has changed at its place since it was asked for. */
    boolean isCurrent(CacheKey key, StoredResponse response) {
        return response.generation() == generation(key.place());
    }

    void put(CacheKey key, StoredResponse response) {
        byOwner.asMap().compute(key.owner(), (owner, held) -> {
            Shelf shelf = held == null ? new Shelf(maxBytesPerOwner) : held;
            shelf.put(key, response);
            return shelf; // weighed anew
        });
    }

    void remove(CacheKey key) {
        byOwner.asMap().computeIfPresent(key.owner(), (owner, shelf) -> {
            shelf.remove(key);
            return shelf;
        });
    }

    /** Ends whatever was asked for before now. */
    void change(CacheKey.Place place) {
        generations.incrementAndGet(index(place));
    }

    long generation(CacheKey.Place place) {
        return generations.get(index(place));
    }

    private static int index(CacheKey.Place place) {
        return Math.floorMod(place.hashCode(), GENERATIONS);
    }

    /** How much all responses fill, an estimate. */
    long bytes() {
        return byOwner.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }
}
