package io.coapgate.simulator.load;

import io.coapgate.simulator.device.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedMultiPskStore;

/** A CoAP server over DTLS that answers at once, but for one request, which it keeps waiting. */
final class StallingServer implements AutoCloseable {
    private final CoapServer server;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger requests = new AtomicInteger();

    private StallingServer(CoapServer server) {
        this.server = server;
    }

    /** @param stalledRequest which one waits, counted from 1 */
    static StallingServer start(Credential.PreSharedKey device, int stalledRequest, Duration stall) throws IOException {
        Configuration configuration = new Configuration(
                        CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS, UdpConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 6);
        AdvancedMultiPskStore keys = new AdvancedMultiPskStore();
        keys.setKey(new PskPublicInformation(device.identity()), device.key().expose());
        DtlsConnectorConfig dtls = DtlsConnectorConfig.builder(configuration)
                .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .setAdvancedPskStore(keys)
                .build();
        CoapServer coap = new CoapServer(configuration);
        coap.addEndpoint(CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(new DTLSConnector(dtls))
                .build());
        StallingServer server = new StallingServer(coap);
        coap.add(server.resource(stalledRequest, stall));
        coap.start();
        return server;
    }

    private CoapResource resource(int stalledRequest, Duration stall) {
        return new CoapResource("telemetry") {
            @Override
            public void handlePOST(CoapExchange exchange) {
                if (requests.incrementAndGet() == stalledRequest) {
                    exchange.accept();
                    var unused = timer.schedule(
                            () -> exchange.respond(ResponseCode.CHANGED), stall.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    exchange.respond(ResponseCode.CHANGED);
                }
            }
        };
    }

    InetSocketAddress address() {
        return server.getEndpoints().get(0).getAddress();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.destroy();
    }
}
