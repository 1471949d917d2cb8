package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamStatistics.BreakerState;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of one upstream. Whoever is permitted must report once how it went. Thread-safe; while all is well a
 * request takes no lock.
 */
final class Breaker {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final UpstreamName upstream;
    private final CircuitBreaker breaker;
    private final Clock clock;
    private final Duration openFor;

    /** What was last said of it. Changed under this, and read without when it only matters that all is well. */
    private volatile State told = State.CLOSED;

    private volatile Instant openUntil = Instant.MIN;

    Breaker(UpstreamName upstream, BreakerSettings settings, LongSupplier nanoTime) {
        this.upstream = upstream;
        this.clock = new MonotonicClock(nanoTime);
        this.openFor = settings.openFor();
        this.breaker = CircuitBreaker.of(upstream.value(), config(settings, clock));
        if (!settings.enabled()) {
            breaker.transitionToDisabledState();
        }
    }

    private static CircuitBreakerConfig config(BreakerSettings settings, Clock clock) {
        return CircuitBreakerConfig.custom()
                .clock(clock)
                .failureRateThreshold(settings.failurePercent())
                .slidingWindow(
                        settings.window(),
                        settings.minimum(),
                        SlidingWindowType.COUNT_BASED,
                        SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .build();
    }

    /** Whether a request may be sent. */
    boolean permits() {
        boolean permitted = breaker.tryAcquirePermission();
        if (told != State.CLOSED) {
            tell();
        }
        return permitted;
    }

    void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        if (told != State.CLOSED) {
            tell();
        }
    }

    void failed() {
        // the library wants to know what it was; all count alike
        Exception any = new UpstreamException(Refusal.UPSTREAM_UNREACHABLE, "counted");
        breaker.onError(0, TimeUnit.NANOSECONDS, any);
        tell();
    }

    /** It came to nothing that says anything about the upstream. */
    void neither() {
        breaker.releasePermission();
    }

    /** For those who are not permitted. */
    UpstreamException refusal() {
        Duration left = Duration.between(clock.instant(), openUntil);
        return new UpstreamException(
                Refusal.UPSTREAM_CIRCUIT_OPEN,
                "it has failed too often of late",
                left.compareTo(SOON) < 0 ? SOON : left); // while probes are under way, no time is left
    }

    BreakerState state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> BreakerState.OPEN;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
        };
    }

    private synchronized void tell() {
        State now = breaker.getState();
        if (now == told) {
            return;
        }
        if (now == State.OPEN) {
            openUntil = clock.instant().plus(openFor);
            LOG.warn("upstream {} fails too often: no requests to it for {} s", upstream, openFor.toSeconds());
        } else if (now == State.CLOSED) {
            LOG.info("upstream {} works again", upstream);
        }
        told = now;
    }
}
