package io.coapgate.gateway.dtls;

import static org.eclipse.californium.scandium.dtls.cipher.CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM;
import static org.eclipse.californium.scandium.dtls.cipher.CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8;
import static org.eclipse.californium.scandium.dtls.cipher.CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
import static org.eclipse.californium.scandium.dtls.cipher.CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256;
import static org.eclipse.californium.scandium.dtls.cipher.CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256;
import static org.eclipse.californium.scandium.dtls.cipher.CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256;
import static org.eclipse.californium.scandium.dtls.cipher.CipherSuite.TLS_PSK_WITH_AES_128_CCM;
import static org.eclipse.californium.scandium.dtls.cipher.CipherSuite.TLS_PSK_WITH_AES_128_CCM_8;
import static org.eclipse.californium.scandium.dtls.cipher.CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.InMemoryReadWriteLockConnectionStore;
import org.eclipse.californium.scandium.dtls.ResumptionSupportingConnectionStore;
import org.eclipse.californium.scandium.dtls.SignatureAndHashAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.cipher.XECDHECryptography.SupportedGroup;

/** Every option of Scandium that is not left at its default, with the reason. */
final class DtlsOptions {
    private static final int CONNECTION_ID_BYTES = 6;
    private static final int DATAGRAM_BYTES = 1_280; // fits every path, IPv6 included, without IP fragments
    private static final int HANDSHAKE_MESSAGE_BYTES = 8_192; // a chain of certificates
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20; // the default loses datagrams from 2,000 busy peers on
    private static final long STALE_SECONDS = 1_800;

    private static final List<CipherSuite> PSK = List.of(
            TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
            TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256,
            TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
            TLS_PSK_WITH_AES_128_GCM_SHA256,
            TLS_PSK_WITH_AES_128_CCM,
            TLS_PSK_WITH_AES_128_CCM_8);
    private static final List<CipherSuite> CERTIFICATE = List.of(
            TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
            TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8);
    private static final List<SignatureAndHashAlgorithm> SIGNATURES =
            List.of(SignatureAndHashAlgorithm.SHA256_WITH_ECDSA, SignatureAndHashAlgorithm.INTRINSIC_WITH_ED25519);

    private DtlsOptions() {}

    /** @param halfOpen room for handshakes, on top of the sessions that are kept */
    static Configuration of(ListenerSettings settings, int halfOpen) {
        Configuration options = new Configuration(DtlsConfig.DEFINITIONS, SystemConfig.DEFINITIONS);
        authentication(options, settings);
        bounds(options, settings.maxConnections() + halfOpen);
        threads(options, Runtime.getRuntime().availableProcessors());
        return options;
    }

    /** Where the sessions are kept. */
    static ResumptionSupportingConnectionStore store(Configuration options) {
        return new InMemoryReadWriteLockConnectionStore(
                options.get(DtlsConfig.DTLS_MAX_CONNECTIONS), STALE_SECONDS, null, false);
    }

    /** Signature algorithms for the handshake, and those that the gateway's own chain is signed with. */
    static void signatures(Configuration options, DtlsIdentity identity) {
        List<SignatureAndHashAlgorithm> algorithms = new ArrayList<>(SIGNATURES);
        SignatureAndHashAlgorithm.getSignatureAlgorithms(identity.certificates()).stream()
                .filter(algorithm -> !algorithms.contains(algorithm))
                .forEach(algorithms::add);
        options.set(DtlsConfig.DTLS_SIGNATURE_AND_HASH_ALGORITHMS, algorithms);
    }

    private static void authentication(Configuration options, ListenerSettings settings) {
        List<CipherSuite> suites = new ArrayList<>(); // the client's order decides among them
        if (settings.credentials().contains(CredentialMode.PSK)) {
            suites.addAll(PSK);
        }
        if (settings.credentials().contains(CredentialMode.RPK)
                || settings.credentials().contains(CredentialMode.X509)) {
            suites.addAll(CERTIFICATE);
        }
        options.set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
                .set(DtlsConfig.DTLS_CIPHER_SUITES, suites)
                .set(DtlsConfig.DTLS_CURVES, List.of(SupportedGroup.secp256r1, SupportedGroup.X25519))
                // WANTED has let a peer without a usable key through, with no principal at all.
                .set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NEEDED)
                // Without it two sessions can be made to share keys (RFC 7627 §1).
                .set(DtlsConfig.DTLS_EXTENDED_MASTER_SECRET_MODE, ExtendedMasterSecretMode.REQUIRED)
                .set(DtlsConfig.DTLS_USE_HELLO_VERIFY_REQUEST, true)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CONNECTION_ID_BYTES);
    }

    private static void bounds(Configuration options, int connections) {
        options.set(DtlsConfig.DTLS_MAX_CONNECTIONS, connections)
                // A session that was silent for so long makes room for a new one, but only once there is none left.
                .set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, STALE_SECONDS, TimeUnit.SECONDS)
                // It would hand one session's proof to another; DeviceSessions bounds them instead.
                .set(DtlsConfig.DTLS_REMOVE_STALE_DOUBLE_PRINCIPALS, false)
                .set(DtlsConfig.DTLS_MAX_TRANSMISSION_UNIT_LIMIT, DATAGRAM_BYTES)
                .set(DtlsConfig.DTLS_RECORD_SIZE_LIMIT, DATAGRAM_BYTES)
                .set(DtlsConfig.DTLS_MAX_FRAGMENTED_HANDSHAKE_MESSAGE_LENGTH, HANDSHAKE_MESSAGE_BYTES)
                .set(DtlsConfig.DTLS_RECEIVE_BUFFER_SIZE, RECEIVE_BUFFER_BYTES);
    }

    /**
     * One receiver parses and hands over; the connector's own threads are its timer and, unless it is given others to run on,
     * workers that decrypt and shake hands. Each hand-off between threads costs more than the cipher, so they are few.
     */
    private static void threads(Configuration options, int processors) {
        int workers = Math.max(1, processors / 2);
        options.set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, processors < 8 ? 1 : 2)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, workers + 1);
    }
}
