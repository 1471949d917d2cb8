package io.coapgate.gateway.dtls;

import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ResumptionSupportingConnectionStore;

/** A connector over a store that others may remove sessions from. */
final class SessionConnector extends DTLSConnector {
    SessionConnector(DtlsConnectorConfig config, ResumptionSupportingConnectionStore store) {
        super(config, store);
    }
}
