package io.coapgate.gateway.dtls;

import org.eclipse.californium.scandium.ConnectionListener;
import org.eclipse.californium.scandium.dtls.Connection;

/** Hands on the events of a connection that the session listener does not report. */
final class ConnectionWatch implements ConnectionListener {
    private final HandshakeWatch handshakes;
    private final DeviceSessions sessions;

    ConnectionWatch(HandshakeWatch handshakes, DeviceSessions sessions) {
        this.handshakes = handshakes;
        this.sessions = sessions;
    }

    /** @return false: never closes a session for garbage that anybody may have sent */
    @Override
    public boolean onConnectionMacError(Connection connection) {
        handshakes.macError(connection);
        return false;
    }

    @Override
    public boolean onConnectionUpdatesSequenceNumbers(Connection connection, boolean writeSequenceNumber) {
        return false;
    }

    @Override
    public void onConnectionEstablished(Connection connection) {}

    @Override
    public void onConnectionRemoved(Connection connection) {
        sessions.closed(connection);
    }

    @Override
    public void beforeExecution(Connection connection) {}

    @Override
    public void updateExecution(Connection connection) {}

    @Override
    public void afterExecution(Connection connection) {}
}
