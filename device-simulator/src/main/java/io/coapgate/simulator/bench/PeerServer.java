package io.coapgate.simulator.bench;

import io.coapgate.simulator.launch.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedMultiPskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/**
 * What the peers share: a Californium server over DTLS, on loopback, with the DTLS parameters, thread counts and bounds of
 * the gateway, so that a peer differs from it in nothing but what it does with a request.
 */
final class PeerServer {
    /** The path that devices post to. */
    static final String RESOURCE = "telemetry";

    private static final int CONNECTION_ID_BYTES = 6;
    private static final int RECEIVE_BUFFER_BYTES = 1024 * 1024;
    private static final int DEDUPLICATED_MESSAGES = 16;

    private PeerServer() {}

    /** A server without resources that is not started. */
    static CoapServer create(HandshakeKind handshake, PeerKeys keys) {
        Configuration configuration = configuration(Runtime.getRuntime().availableProcessors());
        CoapServer server = new CoapServer(configuration);
        server.addEndpoint(CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(new DTLSConnector(dtls(configuration, handshake, keys)))
                .build());
        return server;
    }

    /** Starts it, writes its address into that file, and serves until the process is ended. */
    static void serve(CoapServer server, Path ready) throws IOException, InterruptedException {
        server.start();
        Path partial = ready.resolveSibling(ready.getFileName() + ".part");
        Files.writeString(partial, HostPort.format(server.getEndpoints().get(0).getAddress()));
        Files.move(partial, ready, StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }

    private static Configuration configuration(int processors) {
        return new Configuration(CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS, UdpConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
                .set(DtlsConfig.DTLS_EXTENDED_MASTER_SECRET_MODE, ExtendedMasterSecretMode.REQUIRED)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CONNECTION_ID_BYTES)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, Math.max(1, processors / 2) + 1)
                .set(DtlsConfig.DTLS_RECEIVE_BUFFER_SIZE, RECEIVE_BUFFER_BYTES)
                .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, processors)
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
                .set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, DEDUPLICATED_MESSAGES);
    }

    private static DtlsConnectorConfig dtls(Configuration configuration, HandshakeKind handshake, PeerKeys keys) {
        configuration.set(DtlsConfig.DTLS_CIPHER_SUITES, handshake.suites());
        DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(configuration)
                .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        if (handshake == HandshakeKind.RPK) {
            builder.setCertificateIdentityProvider(new SingleCertificateProvider(
                            keys.own().getPrivate(), keys.own().getPublic()))
                    .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                            .setTrustAllRPKs()
                            .build());
        } else {
            AdvancedMultiPskStore store = new AdvancedMultiPskStore();
            keys.preShared().forEach((identity, key) -> store.setKey(new PskPublicInformation(identity), key));
            builder.setAdvancedPskStore(store);
        }
        return builder.build();
    }
}
