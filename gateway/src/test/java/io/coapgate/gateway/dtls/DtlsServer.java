package io.coapgate.gateway.dtls;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceAuthenticator;
import io.coapgate.gateway.device.DeviceRegistry;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.token.MutableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.RawData;

/** A listener on loopback that answers every record with the same bytes and remembers who sent it. */
final class DtlsServer implements AutoCloseable {
    private final SnapshotDeviceRegistry registry;
    private final MutableClock clock = new MutableClock(Certificates.NOW);
    private final RecordingListener events = new RecordingListener();
    private final List<Optional<AuthenticatedDevice>> senders = new CopyOnWriteArrayList<>();
    /** Stands still unless a test moves it, so that no slow machine outlasts a grace time. */
    private final AtomicLong nanoTime = new AtomicLong();

    private volatile Runnable meanwhile = () -> {};

    private final DtlsListener listener;

    private DtlsServer(
            Set<CredentialMode> modes,
            Certificates authority,
            int maxConnections,
            UnaryOperator<DeviceRegistry> wrapped,
            Device... devices)
            throws IOException, GeneralSecurityException {
        this.registry = Devices.registry(devices);
        DeviceAuthenticator authenticator = new DeviceAuthenticator(wrapped.apply(registry), clock, new SecureRandom());
        ListenerSettings settings = new ListenerSettings(
                "test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), modes, maxConnections, true);
        this.listener = new DtlsListener(
                settings,
                HandshakeCredentials.enrolled(authenticator),
                events,
                new LateClock(),
                new SecureRandom(),
                modes.equals(Set.of(CredentialMode.PSK)) ? null : authority.gateway(List.of(authority.authority())),
                nanoTime::get);
        Connector connector = listener.connector();
        connector.setRawDataReceiver(received -> {
            senders.add(DevicePrincipals.deviceOf(received.getSenderIdentity()));
            connector.send(RawData.outbound(received.getBytes(), received.getEndpointContext(), null, false));
        });
        connector.start();
    }

    static DtlsServer psk(Device... devices) throws IOException, GeneralSecurityException {
        return psk(1_000, UnaryOperator.identity(), devices);
    }

    static DtlsServer psk(int maxConnections, UnaryOperator<DeviceRegistry> wrapped, Device... devices)
            throws IOException, GeneralSecurityException {
        return new DtlsServer(Set.of(CredentialMode.PSK), new Certificates("unused"), maxConnections, wrapped, devices);
    }

    static DtlsServer of(CredentialMode mode, Certificates authority, Device... devices)
            throws IOException, GeneralSecurityException {
        return of(Set.of(mode), authority, UnaryOperator.identity(), devices);
    }

    static DtlsServer of(
            Set<CredentialMode> modes, Certificates authority, UnaryOperator<DeviceRegistry> wrapped, Device... devices)
            throws IOException, GeneralSecurityException {
        return new DtlsServer(modes, authority, 1_000, wrapped, devices);
    }

    InetSocketAddress address() {
        return listener.connector().getAddress();
    }

    DtlsListener listener() {
        return listener;
    }

    SnapshotDeviceRegistry registry() {
        return registry;
    }

    MutableClock clock() {
        return clock;
    }

    /** Lets the time go by that half-open handshakes are given. */
    void elapse(Duration duration) {
        nanoTime.addAndGet(duration.toNanos());
    }

    /** Happens once, after the peer's Finished and before the listener looks at the time. */
    void meanwhile(Runnable event) {
        meanwhile = event;
    }

    RecordingListener events() {
        return events;
    }

    /** Who sent the records so far, in their order. */
    List<Optional<AuthenticatedDevice>> senders() {
        return senders;
    }

    AuthenticatedDevice lastSender() {
        return senders.get(senders.size() - 1).orElseThrow();
    }

    @Override
    public void close() {
        listener.close();
    }

    private final class LateClock extends Clock {
        @Override
        public Instant instant() {
            Runnable event = meanwhile;
            meanwhile = () -> {};
            event.run();
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
