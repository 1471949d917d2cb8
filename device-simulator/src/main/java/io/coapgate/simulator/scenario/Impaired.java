package io.coapgate.simulator.scenario;

import io.coapgate.simulator.fault.Impairment;
import io.coapgate.simulator.fault.Impairments;
import io.coapgate.simulator.scenario.Scenario.Network;
import java.time.Duration;
import java.util.Optional;

/** Reads what a network does; what is not written is as it should be, in both directions. */
final class Impaired {
    private Impaired() {}

    static Optional<Network> network(Part part) {
        int seed = part.integer("seed", 1);
        return impairments(part).map(impairments -> new Network(impairments, seed));
    }

    static Optional<Impairments> impairments(Part part) {
        double loss = part.share("loss", 0);
        double duplication = part.share("duplication", 0);
        double reordering = part.share("reordering", 0);
        Duration delay = part.duration("delay", Duration.ZERO);
        Duration jitter = part.duration("jitter", Duration.ZERO);
        return part.make(() -> Impairments.both(Impairment.NONE
                .withLoss(loss)
                .withDuplication(duplication)
                .withReordering(reordering)
                .withDelay(delay, jitter)));
    }
}
