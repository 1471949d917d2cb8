package io.coapgate.gateway;

import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/** A device with a raw public key, which trusts any gateway, or only the one whose key it knows. */
final class RpkClient implements AutoCloseable {
    private final CoapsClient client;

    RpkClient(InetSocketAddress gateway, KeyPair keys) {
        this(gateway, keys, StaticNewAdvancedCertificateVerifier.builder().setTrustAllRPKs());
    }

    /** @param trusted the gateway's key, and no other */
    RpkClient(InetSocketAddress gateway, KeyPair keys, PublicKey trusted) {
        this(
                gateway,
                keys,
                StaticNewAdvancedCertificateVerifier.builder().setTrustedRPKs(new RawPublicKeyIdentity(trusted)));
    }

    private RpkClient(InetSocketAddress gateway, KeyPair keys, StaticNewAdvancedCertificateVerifier.Builder verifier) {
        Configuration configuration = CoapsClient.configuration();
        DtlsConnectorConfig dtls = DtlsConnectorConfig.builder(configuration)
                .setCertificateIdentityProvider(new SingleCertificateProvider(keys.getPrivate(), keys.getPublic()))
                .setAdvancedCertificateVerifier(
                        verifier.setSupportedCertificateTypes(List.of(CertificateType.RAW_PUBLIC_KEY))
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
