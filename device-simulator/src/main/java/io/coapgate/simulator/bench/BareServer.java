package io.coapgate.simulator.bench;

import io.coapgate.simulator.launch.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
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
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedMultiPskStore;

/**
 * A bare Californium server over DTLS, as a process of its own: it answers 2.04 to every POST and does nothing else. What
 * the gateway costs is measured against it, so it runs with the gateway's DTLS parameters and thread counts.
 *
 * <p>Arguments: the file to write its address to; then pairs of PSK identity and key in hexadecimal, one a line, on
 * standard input.
 */
public final class BareServer {
    private static final int CONNECTION_ID_BYTES = 6;
    private static final int RECEIVE_BUFFER_BYTES = 1024 * 1024;
    private static final String RESOURCE = "telemetry";

    private BareServer() {}

    public static void main(String[] args) throws Exception {
        AdvancedMultiPskStore keys = new AdvancedMultiPskStore();
        String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        for (String line : input.lines().toList()) {
            String[] pair = line.split(" ", 2);
            keys.setKey(new PskPublicInformation(pair[0]), HexFormat.of().parseHex(pair[1]));
        }
        CoapServer server = server(keys);
        server.start();
        Path ready = Path.of(args[0]);
        Path partial = ready.resolveSibling(ready.getFileName() + ".part");
        Files.writeString(partial, HostPort.format(server.getEndpoints().get(0).getAddress()));
        Files.move(partial, ready, StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }

    private static CoapServer server(AdvancedMultiPskStore keys) {
        int processors = Runtime.getRuntime().availableProcessors();
        Configuration configuration = new Configuration(
                        CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS, UdpConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CONNECTION_ID_BYTES)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, processors + 1)
                .set(DtlsConfig.DTLS_RECEIVE_BUFFER_SIZE, RECEIVE_BUFFER_BYTES)
                .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, processors)
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP);
        DtlsConnectorConfig dtls = DtlsConnectorConfig.builder(configuration)
                .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .setAsList(DtlsConfig.DTLS_CIPHER_SUITES, CipherSuite.TLS_PSK_WITH_AES_128_CCM_8)
                .setAdvancedPskStore(keys)
                .build();
        CoapServer server = new CoapServer(configuration);
        server.addEndpoint(CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(new DTLSConnector(dtls))
                .build());
        server.add(new Changed());
        return server;
    }

    /** Answers 2.04. */
    private static final class Changed extends CoapResource {
        Changed() {
            super(RESOURCE);
        }

        @Override
        public void handlePOST(CoapExchange exchange) {
            exchange.respond(ResponseCode.CHANGED);
        }
    }
}
