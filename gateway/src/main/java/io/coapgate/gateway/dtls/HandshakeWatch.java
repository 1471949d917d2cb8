package io.coapgate.gateway.dtls;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.refusal.Refusal;
import java.security.Principal;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.SessionAdapter;

/** Follows every handshake from the first message with a valid cookie to its end. */
final class HandshakeWatch extends SessionAdapter {
    private final HalfOpenHandshakes halfOpen;
    private final HandshakeJournal journal;
    private final DeviceSessions sessions;
    private final HandshakeCredentials credentials;
    private final Clock clock;

    HandshakeWatch(
            HalfOpenHandshakes halfOpen,
            HandshakeJournal journal,
            DeviceSessions sessions,
            HandshakeCredentials credentials,
            Clock clock) {
        this.halfOpen = halfOpen;
        this.journal = journal;
        this.sessions = sessions;
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public void handshakeStarted(Handshaker handshaker) throws HandshakeException {
        if (!halfOpen.begin(handshaker)) {
            throw refusal("too many handshakes under way");
        }
    }

    /** The peer's Finished is verified, and the proof attached to the principal. */
    @Override
    public void contextEstablished(Handshaker handshaker, DTLSContext context) throws HandshakeException {
        Optional<HalfOpenHandshake> handshake =
                halfOpen.end(handshaker.getConnection().getConnectionId());
        Principal principal = context.getSession().getPeerIdentity();
        Optional<AuthenticatedDevice> proof =
                principal == null ? Optional.empty() : DevicePrincipals.deviceOf(principal);
        // Client authentication is needed, so this should not happen; if it did, requests would be refused too.
        AuthenticatedDevice device = proof.orElseThrow(() -> refusal("no authenticated device"));
        Optional<Refusal> fallen = credentials.established(device, clock.instant());
        if (fallen.isPresent()) { // during the handshake; an exception would leave the session as it is
            sessions.end(handshaker.getConnection());
            journal.fell(handshake, CredentialName.address(handshaker.getPeerAddress()), fallen.get());
            return;
        }
        sessions.opened(device, handshaker.getConnection());
        journal.connected(device);
    }

    @Override
    public void handshakeFailed(Handshaker handshaker, Throwable error) {
        halfOpen.end(handshaker.getConnection().getConnectionId()).ifPresent(handshake -> {
            if (error instanceof HandshakeException broken) {
                if (broken.getAlert().getDescription() == AlertDescription.DECRYPT_ERROR) {
                    journal.keyWrong(handshake); // CertificateVerify, RFC 5246 §7.4.8
                } else {
                    journal.failed(handshake, CredentialName.address(handshaker.getPeerAddress()));
                }
            }
        });
    }

    /**
     * A record could not be decrypted. With PSK, a wrong key shows in nothing but this; the handshake goes on waiting, as
     * anybody may send garbage (RFC 6347 §4.1.2.7).
     */
    void macError(Connection connection) {
        halfOpen.find(connection.getConnectionId()).ifPresent(journal::keyWrong);
    }

    private static HandshakeException refusal(String why) {
        return new HandshakeException(why, new AlertMessage(AlertLevel.FATAL, AlertDescription.INTERNAL_ERROR));
    }
}
