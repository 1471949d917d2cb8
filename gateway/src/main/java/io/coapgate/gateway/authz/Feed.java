package io.coapgate.gateway.authz;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.regex.Pattern;

/** How the gateway learns that a resource has changed, for the devices that observe it (RFC 7641). */
public sealed interface Feed {
    /** The longest time that a device may go without a notification: RFC 7641 §4.5 wants it asked once in 24 hours. */
    Duration MAX_REFRESH = Duration.ofHours(24);

    /** After so long without a change the current state is sent again, so that the device knows that it is observing still. */
    Duration refresh();

    /** How the gateway asks by itself. */
    Polling polling();

    /** For how long the device may take what it was told for current: until the refresh has had time to fail once. */
    default Duration maxAge() {
        return refresh().plus(polling().interval().multipliedBy(2));
    }

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
        public Polling polling() {
            return this;
        }
    }

    /**
     * The upstream tells of each change by Server-Sent Events; the gateway asks all the same when a stream begins, and at
     * each refresh.
     *
     * @param suffix what is added to the path of the resource for its stream; empty if the two differ by Accept only
     * @param mediaType of what the events say
     */
    record Events(String suffix, String mediaType, Duration refresh) implements Feed {
        private static final Pattern SUFFIX = Pattern.compile("(/[A-Za-z0-9._~-]{1,64}){0,4}");

        public Events {
            requireNonNull(suffix, "suffix");
            requireNonNull(mediaType, "mediaType");
            requireRefresh(refresh);
            if (!SUFFIX.matcher(suffix).matches()) {
                throw new IllegalArgumentException("a suffix is up to four segments that need no encoding");
            }
        }

        @Override
        public Polling polling() {
            return new Polling(refresh, refresh);
        }
    }

    private static void requireRefresh(Duration refresh) {
        if (refresh.isNegative() || refresh.isZero() || refresh.compareTo(MAX_REFRESH) > 0) {
            throw new IllegalArgumentException("a refresh is more than 0 and at most 24 hours");
        }
    }
}
