package io.coapgate.simulator.load;

import io.coapgate.simulator.launch.GatewayTuning;
import io.coapgate.simulator.launch.LocalGateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** What stands around a run: a network that devices send through, and what is done to the run meanwhile. */
public interface Stage {
    /** Devices talk to the server directly, and nothing is done. */
    Stage BARE = new Stage() {
        @Override
        public InetSocketAddress entrance(InetSocketAddress server) {
            return server;
        }

        @Override
        public List<Interruption> interruptions(Optional<LocalGateway> gateway) {
            return List.of();
        }
    };

    /** What the gateway that is started for the run is like, and its service. */
    default GatewayTuning tuning() {
        return GatewayTuning.DEFAULT;
    }

    /** Where devices send to, so as to reach the server; asked once, before the run. */
    InetSocketAddress entrance(InetSocketAddress server) throws IOException;

    /** @param gateway the one that was started for the run */
    List<Interruption> interruptions(Optional<LocalGateway> gateway);
}
