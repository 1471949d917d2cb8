package io.coapgate.gateway.oauth;

import io.coapgate.gateway.token.TokenExchangeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a server alone that has failed: for a second at first, twice as long after each further failure up to a minute,
 * less up to half of it by chance; and never shorter than the server asks for. Then one question at a time shows whether
 * it is well again. Not thread-safe: its {@link Bottleneck} guards it.
 */
final class BackOff {
    private static final Logger LOG = LoggerFactory.getLogger(BackOff.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 6;
    private static final int PERMILLE = 1000;

    private final String name;
    private final Clock clock;
    private final RandomGenerator random;

    private int failures;
    private Instant notBefore = Instant.MIN;
    private Instant lastSuccess = Instant.MIN;
    private @Nullable Failure last;

    /** @param name for the log */
    BackOff(String name, Clock clock, RandomGenerator random) {
        this.name = name;
        this.clock = clock;
        this.random = random;
    }

    /** What to answer instead of asking; empty: ask. */
    Optional<TokenExchangeException> refusal() {
        Instant now = clock.instant();
        Failure failure = last;
        return failure != null && now.isBefore(notBefore)
                ? Optional.of(failure.exception(Duration.between(now, notBefore)))
                : Optional.empty();
    }

    /** Whether the server has failed, and nothing has come back from it since. */
    boolean isWary() {
        return last != null;
    }

    /** @param started when the question was asked that was answered now; one from before the failure proves nothing */
    void succeeded(Instant started) {
        lastSuccess = clock.instant();
        if (last != null && !started.isBefore(notBefore)) {
            LOG.info("token exchange {}: the server answers again", name);
            failures = 0;
            last = null;
        }
    }

    /** Whether the server is to be left alone for it. */
    boolean concernsAll(Failure failure, Instant started) {
        return switch (failure.extent()) {
            case ONE -> false;
            case UNANSWERED -> !lastSuccess.isAfter(started);
            case ALL -> true;
        };
    }

    /** Of several questions at once that fail together, one counts; any of them can make it longer. */
    TokenExchangeException failed(Failure failure) {
        Instant now = clock.instant();
        if (!now.isBefore(notBefore)) {
            failures++;
            notBefore = now.plus(pause());
            LOG.warn(
                    "token exchange {}: {}: {}; asked again in {} ms",
                    name,
                    failure.reason().code(),
                    failure.detail(),
                    failure.retryAfter()
                            .orElse(Duration.between(now, notBefore))
                            .toMillis());
        }
        Instant wanted = failure.retryAfter().map(now::plus).orElse(Instant.MIN);
        notBefore = wanted.isAfter(notBefore) ? wanted : notBefore;
        last = failure;
        return failure.exception(Duration.between(now, notBefore));
    }

    private Duration pause() {
        Duration full = FIRST.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        Duration capped = full.compareTo(LAST) > 0 ? LAST : full;
        int permille = PERMILLE / 2 + random.nextInt(PERMILLE / 2 + 1);
        return capped.multipliedBy(permille).dividedBy(PERMILLE);
    }
}
