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
    private final SessionTerm term;

    /** @param term until the end of the credential, or of the certificate if that comes first */
    AuthenticatedDevice(
            SessionId session, LiveDevice live, DeviceCredential credential, SessionKey sessionKey, SessionTerm term) {
        this.session = session;
        this.live = live;
        this.credential = credential;
        this.sessionKey = sessionKey;
        this.term = term;
    }

    public SessionId session() {
        return session;
    }

    public DeviceId id() {
        return live.device().id();
    }

    /** The registry's current record of the device; for one that only an access token knows, what the token made of it. */
    public Device device() {
        return live.device();
    }

    /** The credential that the handshake used. */
    public DeviceCredential credential() {
        return credential;
    }

    /** Whether an access token established the session (RFC 9202): its tokens say all that may be done on it. */
    public boolean isByToken() {
        return credential instanceof DeviceCredential.AccessToken;
    }

    public SessionKey sessionKey() {
        return sessionKey;
    }

    /** When the session's proof ends, and with it everything that was granted on it. */
    public Instant notAfter() {
        return term.notAfter();
    }

    /** Why the session may no longer be used, if so: its device or credential was withdrawn, or the credential ended. */
    public Optional<Refusal> standing(Instant now) {
        Device device = live.device();
        if (!device.enabled() || !(isByToken() || device.credentials().contains(credential))) {
            return Optional.of(Refusal.DEVICE_REVOKED);
        }
        if (now.isBefore(notAfter())) { // now == notAfter: ended
            return Optional.empty();
        }
        return Optional.of(isByToken() ? Refusal.TOKEN_EXPIRED : Refusal.CREDENTIAL_EXPIRED);
    }

    @Override
    public String toString() {
        return "AuthenticatedDevice[" + id() + "]";
    }
}
