package io.coapgate.simulator.scenario;

import io.coapgate.simulator.fault.Impairments;
import io.coapgate.simulator.launch.GatewayTuning;
import io.coapgate.simulator.load.LoadPlan;
import io.coapgate.simulator.run.RunRecord;
import java.util.List;
import java.util.Optional;

/**
 * What a fleet does, what is done to it, and what is demanded of the outcome. Immutable.
 *
 * @param place where it plays
 */
record Scenario(String name, FleetPart fleet, LoadPlan load, Place place, List<Event> events, List<Demand> demands) {
    Scenario {
        events = List.copyOf(events);
        demands = List.copyOf(demands);
    }

    /**
     * What is around the devices.
     *
     * @param gateway what the gateway that is started for the run is like
     * @param network between devices and gateway at first; empty if they talk directly all the time
     */
    record Place(GatewayTuning gateway, Optional<Network> network) {}

    /**
     * A network with faults.
     *
     * @param seed by which it decides
     */
    record Network(Impairments impairments, long seed) {}

    /** Whether it does something that only a gateway started for the run can have done to it. */
    boolean needsLocalGateway() {
        return events.stream().anyMatch(event -> event.kind().isLocal());
    }

    RunRecord judge(RunRecord run) {
        return run.withExpectations(
                demands.stream().map(demand -> demand.judge(run)).toList());
    }
}
