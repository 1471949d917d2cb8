package io.coapgate.gateway.coap;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.refusal.Refusal;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * Makes what Californium's layers refuse on their own look like any other refusal: reported to the operator, with
 * problem details for the device, and 4.13 with the bound in Size1 (RFC 7959 §4). Thread-safe.
 */
final class StackRefusals extends AbstractLayer {
    private final int maxBodyBytes;
    private final ExchangeListener listener;

    StackRefusals(int maxBodyBytes, ExchangeListener listener) {
        this.maxBodyBytes = maxBodyBytes;
        this.listener = listener;
    }

    @Override
    public void sendResponse(Exchange exchange, Response response) {
        if (!response.isInternal()) {
            super.sendResponse(exchange, response);
            return;
        }
        Refusal reason = reason(response.getCode());
        Response explained = CoapConversion.response(Refusals.response(reason));
        OptionSet options = response.getOptions();
        options.setContentFormat(explained.getOptions().getContentFormat());
        response.setPayload(explained.getPayload());
        if (reason == Refusal.BODY_TOO_LARGE) {
            options.setSize1(maxBodyBytes);
        }
        super.sendResponse(exchange, response); // first: a listener may fail
        if (exchange.getPeersIdentity() instanceof AuthenticatedDevice device) {
            listener.refusedUnread(device.id(), reason);
        }
    }

    private static Refusal reason(ResponseCode code) {
        return switch (code) {
            case REQUEST_ENTITY_TOO_LARGE -> Refusal.BODY_TOO_LARGE;
            case REQUEST_ENTITY_INCOMPLETE -> Refusal.TRANSFER_INCOMPLETE;
            case BAD_OPTION -> Refusal.OPTION_UNSUPPORTED; // a block that the body does not have
            default -> Refusal.INTERNAL_ERROR;
        };
    }
}
