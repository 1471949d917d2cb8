package io.coapgate.gateway.dtls;

import io.coapgate.gateway.trust.IntrospectionAccess;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/** Makes the side of a coaps connection on which the gateway is the client. */
final class CoapsClient {
    private static final int MAX_CONNECTIONS = 4;
    private static final int MAX_BODY_BYTES = 8192;
    private static final int BLOCK_BYTES = 512;

    private CoapsClient() {}

    /**
     * An endpoint that is not started yet, on a port of the system's choice.
     *
     * @param nstart requests to one server that may be unanswered at a time (RFC 7252 §4.7)
     * @param threads run DTLS and CoAP
     */
    static CoapEndpoint endpoint(
            IntrospectionAccess.Credential credential, int nstart, ScheduledExecutorService threads) {
        Configuration options = options(nstart);
        DtlsConnectorConfig.Builder dtls = DtlsConnectorConfig.builder(options);
        if (credential instanceof IntrospectionAccess.PreSharedKey psk) {
            preSharedKey(dtls, psk);
        } else {
            rawPublicKey(dtls, (IntrospectionAccess.RawPublicKey) credential);
        }
        DTLSConnector connector = new DTLSConnector(dtls.build());
        connector.setExecutor(threads);
        CoapEndpoint endpoint = new CoapEndpoint.Builder()
                .setConfiguration(options)
                .setConnector(connector)
                .build();
        endpoint.setExecutors(threads, threads);
        return endpoint;
    }

    private static Configuration options(int nstart) {
        return new Configuration(CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_EXTENDED_MASTER_SECRET_MODE, ExtendedMasterSecretMode.REQUIRED)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, MAX_CONNECTIONS)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0)
                .set(CoapConfig.NSTART, nstart)
                .set(CoapConfig.MAX_ACTIVE_PEERS, MAX_CONNECTIONS)
                .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK_BYTES)
                .set(CoapConfig.MAX_MESSAGE_SIZE, BLOCK_BYTES)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_BODY_BYTES)
                .set(CoapConfig.NOTIFICATION_CHECK_INTERVAL_TIME, 24, TimeUnit.HOURS);
    }

    private static void preSharedKey(DtlsConnectorConfig.Builder dtls, IntrospectionAccess.PreSharedKey psk) {
        byte[] exposed = psk.key().expose();
        try {
            dtls.setAdvancedPskStore(new AdvancedSinglePskStore(psk.identity().value(), exposed));
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    private static void rawPublicKey(DtlsConnectorConfig.Builder dtls, IntrospectionAccess.RawPublicKey rpk) {
        dtls.setCertificateIdentityProvider(new SingleCertificateProvider(
                        rpk.own().getPrivate(), rpk.own().getPublic()))
                .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustedRPKs(new RawPublicKeyIdentity(rpk.server()))
                        .setSupportedCertificateTypes(List.of(CertificateType.RAW_PUBLIC_KEY))
                        .build());
    }
}
