package io.coapgate.simulator.device;

import io.coapgate.crypto.key.SecretBytes;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/** Makes the DTLS side of a device: a client with one credential, for one gateway. */
public final class DtlsClient {
    private static final int SOCKET_BUFFER_BYTES = 64 * 1024;
    private static final int MAX_CONNECTIONS = 4;

    private DtlsClient() {}

    /** A connector that is not started yet, on a port of the system's choice. */
    public static DTLSConnector connector(DeviceProfile profile, DeviceRuntime runtime) {
        return connector(profile, runtime, runtime.watch());
    }

    /** A connector that is not started yet, at that address of this host. */
    public static DTLSConnector connector(DeviceProfile profile, InetSocketAddress local, DeviceRuntime runtime) {
        return connector(profile, local, runtime, runtime.watch());
    }

    static SharedLoopConnector connector(DeviceProfile profile, DeviceRuntime runtime, SessionWatch watch) {
        return connector(profile, new InetSocketAddress(0), runtime, watch);
    }

    private static SharedLoopConnector connector(
            DeviceProfile profile, InetSocketAddress local, DeviceRuntime runtime, SessionWatch watch) {
        DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(runtime.configuration(profile.connectionId()))
                .setAddress(local);
        Credential credential = profile.credential() instanceof Credential.AccessTokens tokens
                ? tokens.each().get()
                : profile.credential();
        if (credential instanceof Credential.PreSharedKey psk) {
            preSharedKey(builder, psk);
        } else if (credential instanceof Credential.AccessToken token) {
            accessToken(builder, token);
        } else if (credential instanceof Credential.RawPublicKey rpk) {
            rawPublicKey(builder, rpk);
        } else {
            certificate(builder, (Credential.Certificate) credential);
        }
        builder.setSessionListener(watch);
        SharedLoopConnector connector = new SharedLoopConnector(builder.build(), runtime.loop(), runtime.traffic());
        connector.setExecutor(runtime.protocol());
        return connector;
    }

    /** No receiver thread and small buffers, since there may be thousands of devices. */
    static Configuration configuration(boolean connectionId) {
        Configuration configuration = new Configuration(
                        CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS, UdpConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_EXTENDED_MASTER_SECRET_MODE, ExtendedMasterSecretMode.REQUIRED)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 0)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, MAX_CONNECTIONS)
                .set(DtlsConfig.DTLS_RECEIVE_BUFFER_SIZE, SOCKET_BUFFER_BYTES)
                .set(DtlsConfig.DTLS_SEND_BUFFER_SIZE, SOCKET_BUFFER_BYTES)
                .set(CoapConfig.MAX_ACTIVE_PEERS, MAX_CONNECTIONS)
                .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1)
                .set(CoapConfig.NOTIFICATION_CHECK_INTERVAL_TIME, 24, TimeUnit.HOURS);
        if (connectionId) {
            // Length 0: willing to use the gateway's connection ID (RFC 9146 §3), in need of none itself.
            configuration.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0);
        }
        return configuration;
    }

    private static void preSharedKey(DtlsConnectorConfig.Builder builder, Credential.PreSharedKey psk) {
        builder.setAsList(DtlsConfig.DTLS_CIPHER_SUITES, psk.suite().suite());
        SecretBytes key = psk.key();
        byte[] exposed = key.expose();
        try {
            builder.setAdvancedPskStore(new AdvancedSinglePskStore(psk.identity(), exposed));
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    private static void accessToken(DtlsConnectorConfig.Builder builder, Credential.AccessToken token) {
        builder.setAsList(DtlsConfig.DTLS_CIPHER_SUITES, token.suite().suite());
        byte[] exposed = token.key().expose();
        try {
            PskPublicInformation identity = new PskPublicInformation("access token", token.token());
            builder.setAdvancedPskStore(new AdvancedSinglePskStore(identity, exposed));
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    private static void rawPublicKey(DtlsConnectorConfig.Builder builder, Credential.RawPublicKey rpk) {
        PublicKey gateway = rpk.gateway();
        builder.setCertificateIdentityProvider(new SingleCertificateProvider(
                        rpk.keys().getPrivate(), rpk.keys().getPublic()))
                .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustedRPKs(new RawPublicKeyIdentity(gateway))
                        .build());
    }

    private static void certificate(DtlsConnectorConfig.Builder builder, Credential.Certificate x509) {
        builder.setCertificateIdentityProvider(new SingleCertificateProvider(
                        x509.keys().getPrivate(), x509.chain().toArray(new Certificate[0]), CertificateType.X_509))
                .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustedCertificates(x509.trusted().toArray(new X509Certificate[0]))
                        .build());
    }
}
