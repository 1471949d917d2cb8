package io.coapgate.gateway;

import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/** A device with a certificate, from Californium. */
final class X509Client implements AutoCloseable {
    private final CoapsClient client;

    /** @param authority of the gateway's certificate */
    X509Client(InetSocketAddress gateway, KeyPair keys, X509Certificate certificate, X509Certificate authority) {
        Configuration configuration =
                CoapsClient.configuration().set(DtlsConfig.DTLS_VERIFY_SERVER_CERTIFICATES_SUBJECT, false);
        DtlsConnectorConfig dtls = DtlsConnectorConfig.builder(configuration)
                .setCertificateIdentityProvider(
                        new SingleCertificateProvider(keys.getPrivate(), new X509Certificate[] {certificate}))
                .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustedCertificates(authority)
                        .build())
                .build();
        this.client = new CoapsClient(gateway, dtls, Duration.ofSeconds(30));
    }

    CoapResponse send(Request request, String pathAndQuery) throws Exception {
        return client.send(request, pathAndQuery);
    }

    @Override
    public void close() {
        client.close();
    }
}
