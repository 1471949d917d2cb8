package io.coapgate.gateway;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;

/** A device's client from Californium, whatever its credential is. */
final class CoapsClient implements AutoCloseable {
    static {
        CoapConfig.register();
        DtlsConfig.register();
    }

    private final InetSocketAddress gateway;
    private final CoapEndpoint endpoint;
    private final CoapClient client = new CoapClient();

    /** @param dtls with the credential; its configuration is the client's too */
    CoapsClient(InetSocketAddress gateway, DtlsConnectorConfig dtls, Duration timeout) {
        this.gateway = gateway;
        this.endpoint = new CoapEndpoint.Builder()
                .setConfiguration(dtls.getConfiguration())
                .setConnector(new DTLSConnector(dtls))
                .build();
        client.setEndpoint(endpoint);
        timeout(timeout);
    }

    /** A client's, and otherwise as Californium has it. */
    static Configuration configuration() {
        return new Configuration(CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.CLIENT_ONLY);
    }

    void timeout(Duration timeout) {
        client.setTimeout(timeout.toMillis());
    }

    CoapResponse send(Request request, String pathAndQuery) throws Exception {
        request.setURI("coaps://127.0.0.1:" + gateway.getPort() + pathAndQuery);
        return client.advanced(request);
    }

    CoapEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        client.shutdown();
        endpoint.destroy();
    }
}
