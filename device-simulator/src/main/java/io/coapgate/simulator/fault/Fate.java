package io.coapgate.simulator.fault;

/**
 * What becomes of one datagram.
 *
 * @param held whether the next one is to overtake it
 * @param jitter the share of the greatest jitter that it gets, 0 to 1
 */
record Fate(boolean lost, boolean duplicated, boolean held, double jitter) {}
