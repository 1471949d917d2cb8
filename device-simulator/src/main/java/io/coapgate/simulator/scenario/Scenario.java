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
 * @param gateway what the gateway that is started for it is like
 * @param network between devices and gateway at first; empty if they talk directly all the time
 */
record Scenario(
        String name,
        FleetPart fleet,
        LoadPlan load,
        GatewayTuning gateway,
        Optional<Network> network,
        List<Event> events,
        List<Demand> demands) {
    Scenario {
        events = List.copyOf(events);
        demands = List.copyOf(demands);
    }

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
