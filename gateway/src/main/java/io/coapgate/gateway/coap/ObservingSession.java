package io.coapgate.gateway.coap;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.observe.ObservingEndpoint;
import org.eclipse.californium.elements.EndpointContext;

/** What one DTLS session observes, by token. Thread-safe. */
final class ObservingSession {
    private final ObservingEndpoint endpoint;
    private final Map<Token, DeviceRelation> relations = new ConcurrentHashMap<>();
    private volatile EndpointContext latest;

    ObservingSession(EndpointContext context) {
        this.endpoint = new ObservingEndpoint(context.getPeerAddress());
        this.latest = context;
    }

    /** What Californium ends as a whole if the device does not acknowledge. */
    ObservingEndpoint endpoint() {
        return endpoint;
    }

    /** Where the device was when it was last heard of: its address may change under way (RFC 9146). */
    EndpointContext latest() {
        return latest;
    }

    void heardAt(EndpointContext context) {
        latest = context;
    }

    void add(DeviceRelation relation) {
        relations.put(relation.token(), relation);
    }

    /** @return whether none is left */
    boolean remove(DeviceRelation relation) {
        relations.remove(relation.token(), relation);
        return relations.isEmpty();
    }

    List<DeviceRelation> all() {
        return List.copyOf(relations.values());
    }
}
