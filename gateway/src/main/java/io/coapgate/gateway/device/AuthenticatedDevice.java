package io.coapgate.gateway.device;

import io.coapgate.gateway.refusal.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * Proof that a DTLS session belongs to a device. Only {@link DeviceAuthenticator} makes one; the handshake attaches it to
 * the session's principal once the peer has proved possession of the {@link #sessionKey() key}.
 *
 * <p>Thread-safe. {@link #device()} is always the newest registry record, read without a look-up.
 */
public final class AuthenticatedDevice {
    private final SessionId session;
    private final LiveDevice live;
    private final DeviceCredential credential;
    private final SessionKey sessionKey;
    private final Instant notAfter;

    /** @param notAfter the end of the credential or of the certificate, whichever comes first */
    AuthenticatedDevice(
            SessionId session, LiveDevice live, DeviceCredential credential, SessionKey sessionKey, Instant notAfter) {
        this.session = session;
        this.live = live;
        this.credential = credential;
        this.sessionKey = sessionKey;
        this.notAfter = notAfter;
    }

    public SessionId session() {
        return session;
    }

    public DeviceId id() {
        return live.device().id();
    }

    /** The registry's current record of the device. */
    public Device device() {
        return live.device();
    }

    /** The credential that the handshake used. */
    public DeviceCredential credential() {
        return credential;
    }

    public SessionKey sessionKey() {
        return sessionKey;
    }

    /** When the session's proof ends, and with it everything that was granted on it. */
    public Instant notAfter() {
        return notAfter;
    }

    /** Why the session may no longer be used, if so: its device or credential was withdrawn, or the credential ended. */
    public Optional<Refusal> standing(Instant now) {
        Device device = live.device();
        if (!device.enabled() || !device.credentials().contains(credential)) {
            return Optional.of(Refusal.DEVICE_REVOKED);
        }
        // now == notAfter: ended
        return now.isBefore(notAfter) ? Optional.empty() : Optional.of(Refusal.CREDENTIAL_EXPIRED);
    }

    @Override
    public String toString() {
        return "AuthenticatedDevice[" + id() + "]";
    }
}
