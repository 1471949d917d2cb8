package io.coapgate.gateway.issuing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Failed authentications of the last minute, by client and where they come from, so that nobody far away can lock a client
 * out. Thread-safe.
 */
public final class FailedAttempts {
    /** For which a client that fails too often waits, from its first failure on. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MAX_FAILURES = 10;
    private static final int MAX_CLIENTS = 10_000;

    private final Cache<Who, AtomicInteger> failures;

    public FailedAttempts(Clock clock) {
        failures = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(WINDOW)
                .build();
    }

    /**
     * Whether this client from this address has to wait.
     *
     * @param client as it says; need not exist
     */
    public boolean areTooMany(String client, String address) {
        AtomicInteger count = failures.getIfPresent(new Who(client, address));
        return count != null && count.get() >= MAX_FAILURES;
    }

    public void add(String client, String address) {
        failures.get(new Who(client, address), unseen -> new AtomicInteger()).incrementAndGet();
    }

    private record Who(String client, String address) {}
}
