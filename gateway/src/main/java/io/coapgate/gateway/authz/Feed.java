package io.coapgate.gateway.authz;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How the gateway learns that a resource has changed, for the devices that observe it (RFC 7641). */
public sealed interface Feed {
    /** The longest time that a device may go without a notification: RFC 7641 §4.5 wants it asked once in 24 hours. */
    Duration MAX_REFRESH = Duration.ofHours(24);

    /** After so long without a change the current state is sent again, so that the device knows that it is observing still. */
    Duration refresh();

    /** For how long the device may take what it was told for current: until the refresh has had time to fail once. */
    Duration maxAge();

    /**
     * The gateway asks the upstream again and again, with the entity-tag that it has.
     *
     * @param interval between two polls; the upstream's {@code Retry-After} can make it longer, nothing shorter
     */
    record Polling(Duration interval, Duration refresh) implements Feed {
        public Polling {
            requireNonNull(interval, "interval");
            requireRefresh(refresh);
            if (interval.isZero() || interval.isNegative() || interval.compareTo(refresh) > 0) {
                throw new IllegalArgumentException("a poll's interval is more than 0 and at most the refresh");
            }
        }

        @Override
        public Duration maxAge() {
            return refresh.plus(interval.multipliedBy(2));
        }
    }

    private static void requireRefresh(Duration refresh) {
        if (refresh.isNegative() || refresh.isZero() || refresh.compareTo(MAX_REFRESH) > 0) {
            throw new IllegalArgumentException("a refresh is more than 0 and at most 24 hours");
        }
    }
}
