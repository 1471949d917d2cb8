package io.coapgate.gateway.coap;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.NoResponseOption;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * Keeps back the classes of responses in which a device expressed its disinterest (No-Response, RFC 7967 §2.1). A
 * confirmable request still gets its empty acknowledgement, and a retransmission of it the same again. Of an upload's
 * blocks each but the last is answered by 2.31 all the same, for without it the upload could not go on. Thread-safe.
 */
final class SuppressedResponses extends AbstractLayer {
    @Override
    public void sendResponse(Exchange exchange, Response response) {
        if (!isSuppressed(exchange, response)) {
            super.sendResponse(exchange, response);
            return;
        }
        exchange.sendAccept();
        exchange.executeComplete();
    }

    private static boolean isSuppressed(Exchange exchange, Response response) {
        NoResponseOption disinterest = exchange.getCurrentRequest().getOptions().getNoResponse();
        return disinterest != null
                && response.getCode() != ResponseCode.CONTINUE
                && disinterest.suppress(response.getCode());
    }
}
