package io.coapgate.gateway.dtls;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Authentication;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.refusal.Refusal;
import java.util.Optional;
import org.eclipse.californium.scandium.dtls.ConnectionId;

/** Tells the operator how each handshake ended, once and with the reason that the peer is not given. Thread-safe. */
final class HandshakeJournal {
    private final HalfOpenHandshakes halfOpen;
    private final ExchangeListener listener;

    HandshakeJournal(HalfOpenHandshakes halfOpen, ExchangeListener listener) {
        this.halfOpen = halfOpen;
        this.listener = listener;
    }

    /** The registry has answered. */
    void answered(ConnectionId id, String credential, Authentication authentication) {
        if (authentication instanceof Authentication.Refused refused) {
            halfOpen.find(id).ifPresent(HalfOpenHandshake::refused);
            listener.handshakeRefused(credential, refused.reason());
        } else {
            halfOpen.find(id).ifPresent(handshake -> handshake.accepted(credential));
        }
    }

    void connected(AuthenticatedDevice device) {
        listener.connected(device.id());
    }

    /** The peer has proved its key, but what was accepted at first has been withdrawn or has ended since. */
    void fell(Optional<HalfOpenHandshake> handshake, String peer, Refusal reason) {
        listener.handshakeRefused(
                handshake.flatMap(HalfOpenHandshake::acceptedCredential).orElse(peer), reason);
    }

    /** The peer named a good credential and could not prove that it holds the key. Reported once per handshake. */
    void keyWrong(HalfOpenHandshake handshake) {
        if (!handshake.isRefused()) {
            handshake.acceptedCredential().ifPresent(credential -> {
                handshake.refused();
                listener.handshakeRefused(credential, Refusal.CREDENTIAL_KEY_WRONG);
            });
        }
    }

    void failed(HalfOpenHandshake handshake, String peer) {
        if (!handshake.isRefused()) {
            listener.handshakeRefused(handshake.acceptedCredential().orElse(peer), Refusal.HANDSHAKE_FAILED);
        }
    }
}
