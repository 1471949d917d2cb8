package io.coapgate.gateway;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

/** A device with a pre-shared key. */
final class PskClient implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final CoapsClient client;

    PskClient(InetSocketAddress gateway, String identity, String key) {
        this(gateway, identity, key, 64);
    }

    /** @param blockBytes the longest block, and message, that it sends and asks for */
    PskClient(InetSocketAddress gateway, String identity, String key, int blockBytes) {
        this(gateway, new PskPublicInformation(identity), key.getBytes(StandardCharsets.UTF_8), blockBytes);
    }

    /** @param identity of any bytes */
    PskClient(InetSocketAddress gateway, byte[] identity, byte[] key) {
        this(gateway, PskPublicInformation.fromByteArray(identity), key, 1024);
    }

    private PskClient(InetSocketAddress gateway, PskPublicInformation identity, byte[] key, int blockBytes) {
        Configuration configuration = CoapsClient.configuration()
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, blockBytes)
                .set(CoapConfig.MAX_MESSAGE_SIZE, blockBytes)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_BODY_BYTES);
        DtlsConnectorConfig dtls = DtlsConnectorConfig.builder(configuration)
                .setAdvancedPskStore(new AdvancedSinglePskStore(identity, key))
                .build();
        this.client = new CoapsClient(gateway, dtls, Duration.ofSeconds(10));
    }

    CoapResponse send(Request request, String pathAndQuery) throws Exception {
        return client.send(request, pathAndQuery);
    }

    /** For handshakes that are meant to lead nowhere. */
    void impatient() {
        client.timeout(Duration.ofSeconds(2));
    }

    CoapEndpoint endpoint() {
        return client.endpoint();
    }

    @Override
    public void close() {
        client.close();
    }
}
