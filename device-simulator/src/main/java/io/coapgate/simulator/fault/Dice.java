package io.coapgate.simulator.fault;

import java.util.SplittableRandom;

/**
 * Decides the fates of one client's datagrams in one direction. The fate of the n-th depends on the seed, on which client
 * it is by order of appearance, on the direction and on the shares in force, and on nothing else: each takes four draws,
 * whatever the shares are. Not thread-safe.
 */
final class Dice {
    private static final long ODD = 0x9E3779B97F4A7C15L; // spreads small numbers over all bits

    private final SplittableRandom random;

    Dice(long seed, long client, Direction direction) {
        this.random = new SplittableRandom(seed ^ (client * 2 + (direction == Direction.TO_SERVER ? 1 : 2)) * ODD);
    }

    Fate throwFor(Impairment impairment) {
        boolean lost = random.nextDouble() < impairment.loss();
        boolean duplicated = random.nextDouble() < impairment.duplication();
        boolean held = random.nextDouble() < impairment.reordering();
        return new Fate(lost, duplicated, held, random.nextDouble());
    }
}
