package io.coapgate.gateway.dtls;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.californium.elements.util.LimitedRunnable;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.Record;
import org.eclipse.californium.scandium.dtls.ResumptionSupportingConnectionStore;
import org.jspecify.annotations.Nullable;

/** A connector over a store that others may remove sessions from, and whose work may be done on event loops. */
final class SessionConnector extends DTLSConnector {
    private final ResumptionSupportingConnectionStore store;
    private volatile @Nullable DtlsThreads threads;

    SessionConnector(DtlsConnectorConfig config, ResumptionSupportingConnectionStore store) {
        super(config, store);
        this.store = store;
    }

    /** Not once it runs. */
    void runOn(DtlsThreads others) {
        setExecutor(others);
        threads = others;
    }

    @Override
    protected void processRecords(List<Record> records, InetSocketAddress peer, InetSocketAddress router) {
        DtlsThreads others = threads;
        if (others != null && isOfStandingSession(records.get(0), peer)) {
            others.onLoops(() -> super.processRecords(records, peer, router));
        } else {
            super.processRecords(records, peer, router);
        }
    }

    /** Of one that shakes hands anew the records may be either, and are taken for those that take long. */
    private boolean isOfStandingSession(Record first, InetSocketAddress peer) {
        if (first.isNewClientHello()) {
            return false;
        }
        ConnectionId cid = first.getConnectionId();
        Connection connection = cid == null ? store.get(peer) : store.get(cid);
        return connection != null && connection.hasEstablishedDtlsContext() && !connection.hasOngoingHandshake();
    }

    /** What a handshake waited for may come on an event loop, but the handshake does not go on there. */
    @Override
    protected boolean executeHandshakeResult(Executor executor, Connection connection, LimitedRunnable job) {
        DtlsThreads others = threads;
        if (others == null) {
            return super.executeHandshakeResult(executor, connection, job);
        }
        boolean[] accepted = new boolean[1];
        others.besideLoops(() -> accepted[0] = super.executeHandshakeResult(executor, connection, job));
        return accepted[0];
    }
}
