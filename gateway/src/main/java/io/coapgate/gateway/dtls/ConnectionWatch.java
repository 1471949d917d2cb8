package io.coapgate.gateway.dtls;

import io.coapgate.gateway.exchange.ExchangeListener;
import org.eclipse.californium.scandium.ConnectionListener;
import org.eclipse.californium.scandium.dtls.Connection;

/** Hands on the events of a connection that the session listener does not report. */
final class ConnectionWatch implements ConnectionListener {
    private final HandshakeWatch handshakes;
    private final DeviceSessions sessions;
    private final ExchangeListener listener;

    ConnectionWatch(HandshakeWatch handshakes, DeviceSessions sessions, ExchangeListener listener) {
        this.handshakes = handshakes;
        this.sessions = sessions;
        this.listener = listener;
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
        sessions.onlyHereOn(connection).ifPresent(listener::disconnected);
        sessions.closed(connection);
    }

    @Override
    public void beforeExecution(Connection connection) {}

    @Override
    public void updateExecution(Connection connection) {}

    /** After a close_notify Scandium keeps the connection for a while, but nobody is there any more. */
    @Override
    public void afterExecution(Connection connection) {
        if (connection.isClosed()) {
            sessions.onlyHereOn(connection).ifPresent(listener::disconnected);
        }
    }
}
