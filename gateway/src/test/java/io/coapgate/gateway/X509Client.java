package io.coapgate.gateway;

import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
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
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/** A device with a certificate, from Californium. */
final class X509Client implements AutoCloseable {
    static {
        CoapConfig.register();
        DtlsConfig.register();
    }

    private final InetSocketAddress gateway;
    private final CoapEndpoint endpoint;
    private final CoapClient client = new CoapClient();

    /** @param authority of the gateway's certificate */
    X509Client(InetSocketAddress gateway, KeyPair keys, X509Certificate certificate, X509Certificate authority) {
        this.gateway = gateway;
        Configuration configuration = new Configuration(
                        CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_VERIFY_SERVER_CERTIFICATES_SUBJECT, false);
        DtlsConnectorConfig dtls = DtlsConnectorConfig.builder(configuration)
                .setCertificateIdentityProvider(
                        new SingleCertificateProvider(keys.getPrivate(), new X509Certificate[] {certificate}))
                .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustedCertificates(authority)
                        .build())
                .build();
        this.endpoint = new CoapEndpoint.Builder()
                .setConfiguration(configuration)
                .setConnector(new DTLSConnector(dtls))
                .build();
        client.setEndpoint(endpoint);
        client.setTimeout(TimeUnit.SECONDS.toMillis(30));
    }

    CoapResponse send(Request request, String pathAndQuery) throws Exception {
        request.setURI("coaps://127.0.0.1:" + gateway.getPort() + pathAndQuery);
        return client.advanced(request);
    }

    @Override
    public void close() {
        client.shutdown();
        endpoint.destroy();
    }
}
