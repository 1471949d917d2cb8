package io.coapgate.gateway.observe;

/** What feeds observations with representations. Thread-safe. */
@FunctionalInterface
interface Source {
    /** Before one is attached. */
    Source NONE = observation -> {};

    /** This one has ended and wants nothing more. */
    void remove(Observation observation);
}
