package io.coapgate.simulator.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What a network does to both directions. Immutable.
 *
 * @param mappingTimeout how long the NAT remembers a client that is silent in both directions; empty: for good
 */
public record Impairments(Impairment toServer, Impairment toClient, Optional<Duration> mappingTimeout) {
    /** A network as it should be. */
    public static final Impairments NONE = both(Impairment.NONE);

    /** A network that is down. */
    public static final Impairments BLACKOUT = both(Impairment.BLACKOUT);

    public Impairments {
        requireNonNull(toServer, "toServer");
        requireNonNull(toClient, "toClient");
        if (mappingTimeout.isPresent()
                && (mappingTimeout.get().isNegative() || mappingTimeout.get().isZero())) {
            throw new IllegalArgumentException("mappingTimeout is longer than 0, not " + mappingTimeout.get());
        }
    }

    /** The same both ways, by a NAT that forgets nobody. */
    public static Impairments both(Impairment impairment) {
        return new Impairments(impairment, impairment, Optional.empty());
    }

    public Impairments withMappingTimeout(Duration silence) {
        return new Impairments(toServer, toClient, Optional.of(silence));
    }

    Impairment of(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }
}
