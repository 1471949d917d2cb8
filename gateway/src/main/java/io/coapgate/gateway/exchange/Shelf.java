package io.coapgate.gateway.exchange;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One owner's share of the cache, of which the least recently used goes first. Thread-safe; guarded by itself. */
final class Shelf {
    private final int maxBytes;
    private final Map<CacheKey, StoredResponse> responses = new LinkedHashMap<>(8, 0.75f, true);
    private int bytes;

    Shelf(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized Optional<StoredResponse> get(CacheKey key) {
        return Optional.ofNullable(responses.get(key));
    }

    /** What is larger than the whole share is not kept, and takes the place of nothing but its predecessor. */
    synchronized void put(CacheKey key, StoredResponse response) {
        remove(key);
        int size = size(key, response);
        if (size > maxBytes) {
            return;
        }
        Iterator<Map.Entry<CacheKey, StoredResponse>> eldest =
                responses.entrySet().iterator();
        while (bytes + size > maxBytes) {
            Map.Entry<CacheKey, StoredResponse> entry = eldest.next();
            bytes -= size(entry.getKey(), entry.getValue());
            eldest.remove();
        }
        responses.put(key, response);
        bytes += size;
    }

    synchronized void remove(CacheKey key) {
        StoredResponse removed = responses.remove(key);
        if (removed != null) {
            bytes -= size(key, removed);
        }
    }

    synchronized int bytes() {
        return bytes;
    }

    private static int size(CacheKey key, StoredResponse response) {
        return key.bytes() + response.bytes();
    }
}
