package io.coapgate.gateway.keys;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Since when a key is what it is. The state follows from the times, so that the two can't contradict each other.
 *
 * @param published when verifiers could first find it
 * @param current when it began to make tokens; empty if it never has
 * @param retired when it ceased to; empty if it has not
 */
public record KeyTimes(Instant created, Instant published, Optional<Instant> current, Optional<Instant> retired) {
    public KeyTimes {
        requireNonNull(created, "created");
        requireNonNull(published, "published");
        requireNonNull(current, "current");
        requireNonNull(retired, "retired");
        if (retired.isPresent() && current.isEmpty()) {
            throw new IllegalArgumentException("a key retires from use, and this one was never used");
        }
    }

    /** Of a key that is made now. */
    public static KeyTimes published(Instant now) {
        return new KeyTimes(now, now, Optional.empty(), Optional.empty());
    }

    public KeyState state() {
        if (retired.isPresent()) {
            return KeyState.RETIRED;
        }
        return current.isPresent() ? KeyState.CURRENT : KeyState.NEXT;
    }

    /** When the present state began. */
    public Instant since() {
        return retired.or(() -> current).orElse(published);
    }

    KeyTimes currentFrom(Instant now) {
        return new KeyTimes(created, published, Optional.of(now), Optional.empty());
    }

    KeyTimes retiredFrom(Instant now) {
        return new KeyTimes(created, published, current, Optional.of(now));
    }

    /** None of them later than this. */
    KeyTimes notAfter(Instant limit) {
        UnaryOperator<Instant> capped = time -> time.isAfter(limit) ? limit : time;
        return new KeyTimes(capped.apply(created), capped.apply(published), current.map(capped), retired.map(capped));
    }
}
