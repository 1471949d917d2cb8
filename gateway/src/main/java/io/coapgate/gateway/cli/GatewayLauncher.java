package io.coapgate.gateway.cli;

import io.coapgate.gateway.Gateway;
import io.coapgate.gateway.GatewayAddresses;
import io.coapgate.gateway.config.GatewayConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The one place that knows how a gateway is started. */
final class GatewayLauncher {
    private GatewayLauncher() {}

    static RunCommand.Running launch(GatewayConfig config, Map<String, String> environment) throws Exception {
        Gateway gateway = Gateway.start(config, environment, Clock.systemUTC());
        return new RunCommand.Running() {
            @Override
            public GatewayAddresses addresses() {
                return gateway.addresses();
            }

            @Override
            public void drain(Duration atMost) throws InterruptedException {
                gateway.drain(atMost);
            }

            @Override
            public void close() {
                gateway.close();
            }
        };
    }
}
