package io.coapgate.gateway.coap;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many datagrams of a port are looked at: token buckets over all sources and for each, of which the {@value
 * #MAX_SOURCES} that were heard last are remembered. Not for use by several threads.
 */
final class UploadQuota {
    static final int MAX_SOURCES = 10_000;

    private final int perMinuteAndSource;
    private final Bucket total;
    private final Map<String, Bucket> bySource = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    UploadQuota(int perSecond, int perMinuteAndSource, long nowNanos) {
        this.perMinuteAndSource = perMinuteAndSource;
        this.total = new Bucket(perSecond, Duration.ofSeconds(1), nowNanos);
    }

    /** One source that floods uses up its own share, not that of all. */
    boolean take(String source, long nowNanos) {
        Bucket own = bySource.computeIfAbsent(
                source, unheard -> new Bucket(perMinuteAndSource, Duration.ofMinutes(1), nowNanos));
        return own.take(nowNanos) && total.take(nowNanos);
    }

    int sources() {
        return bySource.size();
    }

    private static final class Bucket {
        private final double size;
        private final double perNano;
        private double level;
        private long filledAt;

        Bucket(int size, Duration period, long nowNanos) {
            this.size = size;
            this.perNano = size / (double) period.toNanos();
            this.level = size;
            this.filledAt = nowNanos;
        }

        boolean take(long nowNanos) {
            level = Math.min(size, level + (nowNanos - filledAt) * perNano);
            filledAt = nowNanos;
            if (level < 1) {
                return false;
            }
            level--;
            return true;
        }
    }
}
