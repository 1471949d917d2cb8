package io.coapgate.gateway.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MessageCallback;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.SignatureAndHashAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/** A device of Scandium's making. With PSK it has little patience, as silence is the refusal there. */
final class DtlsClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DTLSConnector connector;
    private volatile CompletableFuture<EndpointContext> answer = new CompletableFuture<>();

    private DtlsClient(DtlsConnectorConfig.Builder builder) throws IOException {
        connector = new DTLSConnector(builder.build());
        connector.setRawDataReceiver(received -> answer.complete(received.getEndpointContext()));
        connector.start();
    }

    static DtlsClient psk(PreSharedKey credential, CipherSuite... suites) throws IOException {
        return psk(credential.identity().value(), credential.key().expose(), suites);
    }

    static DtlsClient psk(String identity, byte[] key, CipherSuite... suites) throws IOException {
        return pskFrom(InetAddress.getLoopbackAddress(), identity, key, suites);
    }

    static DtlsClient pskFrom(InetAddress source, String identity, byte[] key, CipherSuite... suites)
            throws IOException {
        Configuration options = options()
                .set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, 250, TimeUnit.MILLISECONDS)
                .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, 1)
                .set(
                        DtlsConfig.DTLS_CIPHER_SUITES,
                        suites.length == 0 ? List.of(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8) : List.of(suites));
        return new DtlsClient(DtlsConnectorConfig.builder(options)
                .setAddress(new InetSocketAddress(source, 0))
                .setAdvancedPskStore(new AdvancedSinglePskStore(identity, key)));
    }

    /** Says everything again after a moment, and that several times. */
    static DtlsClient persistentPsk(PreSharedKey credential) throws IOException {
        Configuration options =
                persistent().set(DtlsConfig.DTLS_CIPHER_SUITES, List.of(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8));
        return new DtlsClient(DtlsConnectorConfig.builder(options)
                .setAdvancedPskStore(new AdvancedSinglePskStore(
                        credential.identity().value(), credential.key().expose())));
    }

    static DtlsClient persistentRpk(KeyPair keys) throws IOException {
        return rpk(keys, persistent());
    }

    private static Configuration persistent() {
        return options()
                .set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, 300, TimeUnit.MILLISECONDS)
                .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, 5);
    }

    static DtlsClient rpk(KeyPair keys) throws IOException {
        return rpk(keys, options());
    }

    private static DtlsClient rpk(KeyPair keys, Configuration options) throws IOException {
        return new DtlsClient(DtlsConnectorConfig.builder(options)
                .setCertificateIdentityProvider(
                        new SingleCertificateProvider(keys.getPrivate(), keys.getPublic()).setVerifyKeyPair(false))
                .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustAllRPKs()
                        .build()));
    }

    static DtlsClient x509(KeyPair keys, X509Certificate authority, X509Certificate... chain) throws IOException {
        Configuration options = options()
                .set(
                        DtlsConfig.DTLS_SIGNATURE_AND_HASH_ALGORITHMS,
                        List.of(
                                SignatureAndHashAlgorithm.SHA256_WITH_ECDSA,
                                SignatureAndHashAlgorithm.INTRINSIC_WITH_ED25519));
        return new DtlsClient(DtlsConnectorConfig.builder(options)
                .setCertificateIdentityProvider(new AnyCertificate(keys, List.of(chain)))
                .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustedCertificates(authority)
                        .build()));
    }

    /** Trusts the gateway and shows nothing of itself. */
    static DtlsClient anonymous(X509Certificate authority) throws IOException {
        return new DtlsClient(DtlsConnectorConfig.builder(options())
                .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustedCertificates(authority)
                        .build()));
    }

    /** Sends a record, after a handshake if need be, and gives the session's context once it comes back. */
    EndpointContext exchange(InetSocketAddress server) throws ExecutionException, InterruptedException {
        return exchangeWithin(PATIENCE, server);
    }

    EndpointContext exchangeWithin(Duration patience, InetSocketAddress server)
            throws ExecutionException, InterruptedException {
        CompletableFuture<EndpointContext> echoed = new CompletableFuture<>();
        answer = echoed;
        connector.send(RawData.outbound(
                "ping".getBytes(UTF_8), new AddressEndpointContext(server), new FailureCallback(echoed), false));
        try {
            return echoed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ExecutionException(e);
        }
    }

    /** How the handshake, or what follows it, fails: the same text for the same course of events. */
    String failure(InetSocketAddress server) throws InterruptedException {
        try {
            exchange(server);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            return cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
        throw new AssertionError("the session was let in");
    }

    void forceResumption() {
        connector.forceResumeAllSessions();
    }

    @Override
    public void close() {
        connector.destroy();
    }

    private static Configuration options() {
        return new Configuration(DtlsConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0)
                .set(DtlsConfig.DTLS_VERIFY_SERVER_CERTIFICATES_SUBJECT, false)
                .set(DtlsConfig.DTLS_RECOMMENDED_SIGNATURE_AND_HASH_ALGORITHMS_ONLY, false)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
    }

    private record FailureCallback(CompletableFuture<EndpointContext> result) implements MessageCallback {
        @Override
        public void onError(Throwable error) {
            result.completeExceptionally(error);
        }

        @Override
        public void onConnecting() {}

        @Override
        public void onDtlsRetransmission(int flight) {}

        @Override
        public void onContextEstablished(EndpointContext context) {}

        @Override
        public void onSent() {}
    }
}
