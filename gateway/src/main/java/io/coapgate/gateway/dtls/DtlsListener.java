package io.coapgate.gateway.dtls;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.ExchangeListener;
import java.security.Principal;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.util.Filter;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.ResumptionSupportingConnectionStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.jspecify.annotations.Nullable;

/**
 * One UDP endpoint that speaks DTLS 1.2 (RFC 6347) and lets in only devices that the registry vouches for, each by its
 * own credential, and where the settings say so those that a valid access token vouches for (RFC 9202). Every session carries the proof ({@link DevicePrincipals}); connection IDs (RFC 9146) keep sessions
 * alive through address changes; resumption needs the cookie and a device that is still in force.
 *
 * <p>What a refused peer sees: with PSK silence, whatever is wrong; with RPK and X.509 the alert {@code decrypt_error}. A
 * peer that withholds its CertificateVerify can still learn whether a public key that it knows is enrolled.
 *
 * <p>Against peers that begin handshakes and don't finish them: nothing is held before the cookie comes back; handshakes
 * under way are bounded and, past a grace time of 3 s, the oldest makes room; one source address (IPv6: /64) gets half of
 * the bound. What remains: an attacker with many real addresses can slow new handshakes down while it lasts, but touches
 * no session; and Scandium refuses new peers while more handshakes than the capacity were completed within the last
 * 135 s, so that the capacity also bounds the lasting rate.
 *
 * <p>One device may hold a hundredth of the sessions, at least 16; one more ends its oldest.
 *
 * <p>Thread-safe. The owner starts and stops the connector.
 */
public final class DtlsListener implements AutoCloseable {
    private final SessionConnector connector;
    private final DtlsCounters counters = new DtlsCounters();
    private final HalfOpenHandshakes halfOpen;
    private final int capacity;

    /** For listeners that accept PSK only and so show nothing of themselves but a key. */
    public DtlsListener(
            ListenerSettings settings,
            HandshakeCredentials credentials,
            ExchangeListener listener,
            Clock clock,
            SecureRandom random) {
        this(settings, credentials, listener, clock, random, null, System::nanoTime);
    }

    /**
     * @param identity what the listener shows of itself with RPK and X.509
     * @param listener hears how handshakes end
     * @throws IllegalArgumentException if an accepted kind of credential lacks its part of the identity
     */
    public DtlsListener(
            ListenerSettings settings,
            DtlsIdentity identity,
            HandshakeCredentials credentials,
            ExchangeListener listener,
            Clock clock,
            SecureRandom random) {
        this(settings, credentials, listener, clock, random, requireNonNull(identity, "identity"), System::nanoTime);
    }

    /** @param nanoTime what the grace time of half-open handshakes is measured with */
    DtlsListener(
            ListenerSettings settings,
            HandshakeCredentials credentials,
            ExchangeListener listener,
            Clock clock,
            SecureRandom random,
            @Nullable DtlsIdentity identity,
            LongSupplier nanoTime) {
        int handshakes = HalfOpenHandshakes.boundFor(settings.maxConnections());
        this.capacity = settings.maxConnections() + handshakes;
        this.halfOpen = new HalfOpenHandshakes(handshakes, nanoTime);
        HandshakeJournal journal = new HandshakeJournal(halfOpen, listener);
        Configuration options = DtlsOptions.of(settings, handshakes);
        ResumptionSupportingConnectionStore store = DtlsOptions.store(options);
        DeviceSessions sessions = new DeviceSessions(store, DeviceSessions.boundFor(settings.maxConnections()));
        HandshakeWatch watch = new HandshakeWatch(halfOpen, journal, sessions, credentials, clock);
        List<CertificateType> types = certificateTypes(settings);
        if (!types.isEmpty()) {
            DtlsOptions.signatures(options, requireIdentity(settings, identity));
        }
        DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(options)
                .setAddress(settings.address())
                .setLoggingTag(settings.name())
                .setHealthHandler(counters)
                .setSessionListener(watch)
                .setConnectionListener(new ConnectionWatch(watch, sessions, listener))
                .setResumptionVerifier(new StandingResumptionVerifier(clock))
                .setApplicationLevelInfoSupplier(DevicePrincipals::infoFor);
        if (settings.credentials().contains(CredentialMode.PSK)) {
            builder.setAdvancedPskStore(new RegistryPskStore(credentials, journal, random));
        }
        if (!types.isEmpty()) {
            DtlsIdentity shown = requireIdentity(settings, identity);
            builder.setCertificateIdentityProvider(provider(shown, types))
                    .setAdvancedCertificateVerifier(new RegistryCertificateVerifier(
                            types, new DeviceCertificates(shown.trusted(), clock), credentials, journal));
        }
        this.connector = new SessionConnector(builder.build(), store);
    }

    /** Does its work there instead of on threads of its own. Before the connector is started. */
    public void runOn(DtlsThreads threads) {
        connector.runOn(threads);
    }

    /** What an endpoint is opened on; not started yet. */
    public Connector connector() {
        return connector;
    }

    /**
     * Ends the sessions of these devices, live and resumable ones, without waiting for it. Their next record is ignored,
     * and their next handshake is decided by the registry.
     */
    public void terminate(Predicate<AuthenticatedDevice> devices) {
        Filter<Principal> filter = principal ->
                DevicePrincipals.deviceOf(principal).filter(devices).isPresent();
        var unused = connector.startTerminateConnectionsForPrincipal(filter, true);
    }

    public DtlsStatistics statistics() {
        connector.updateHealth();
        return counters.snapshot(capacity, halfOpen);
    }

    @Override
    public void close() {
        connector.destroy();
    }

    private static List<CertificateType> certificateTypes(ListenerSettings settings) {
        List<CertificateType> types = new ArrayList<>();
        if (settings.credentials().contains(CredentialMode.RPK)) {
            types.add(CertificateType.RAW_PUBLIC_KEY);
        }
        if (settings.credentials().contains(CredentialMode.X509)) {
            types.add(CertificateType.X_509);
        }
        return types;
    }

    private static DtlsIdentity requireIdentity(ListenerSettings settings, @Nullable DtlsIdentity identity) {
        if (identity == null) {
            throw new IllegalArgumentException("listener " + settings.name() + " needs a private key of its own");
        }
        boolean x509 = settings.credentials().contains(CredentialMode.X509);
        if (x509 && (identity.certificates().isEmpty() || identity.trusted().isEmpty())) {
            throw new IllegalArgumentException(
                    "listener " + settings.name() + " needs a certificate and trusted authorities for X.509");
        }
        return identity;
    }

    private static SingleCertificateProvider provider(DtlsIdentity identity, List<CertificateType> types) {
        return types.contains(CertificateType.X_509)
                ? new SingleCertificateProvider(
                        identity.privateKey(), identity.certificates().toArray(X509Certificate[]::new), types)
                : new SingleCertificateProvider(identity.privateKey(), identity.publicKey());
    }
}
