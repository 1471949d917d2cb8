package io.coapgate.simulator.fault;

/** Which way a datagram goes through an {@link ImpairmentProxy}. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT
}
