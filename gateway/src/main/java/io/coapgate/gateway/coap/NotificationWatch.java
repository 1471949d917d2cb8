package io.coapgate.gateway.coap;

import io.coapgate.gateway.exchange.ObservationEnd;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Response;

/** Follows one notification: counts it, and ends the observation if there is no way to the device any more. */
final class NotificationWatch extends MessageObserverAdapter {
    private final Response notification;
    private final DeviceRelation relation;

    NotificationWatch(Response notification, DeviceRelation relation) {
        this.notification = notification;
        this.relation = relation;
    }

    @Override
    public void onSent(boolean retransmission) {
        if (!retransmission) {
            relation.sent(notification.getType() == CoAP.Type.CON);
        }
    }

    @Override
    public void onSendError(Throwable error) {
        relation.end(ObservationEnd.UNREACHABLE);
    }
}
