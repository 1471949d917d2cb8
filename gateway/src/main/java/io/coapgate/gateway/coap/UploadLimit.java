package io.coapgate.gateway.coap;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * Bounds the block-wise uploads (RFC 7959 §2.5) that one device has begun and not ended. It lies below the layer that
 * reassembles them, for that takes the memory of a whole body with the first block, before anybody has asked what the
 * device may do. Thread-safe.
 */
final class UploadLimit extends AbstractLayer {
    private final UnfinishedTransfers uploads;
    private final ExchangeListener listener;

    /** @param lifetime after so long without a block the layer above forgets an upload */
    UploadLimit(Duration lifetime, LongSupplier nanoTime, ExchangeListener listener) {
        this.uploads = new UnfinishedTransfers(lifetime, nanoTime);
        this.listener = listener;
    }

    @Override
    public void receiveRequest(Exchange exchange, Request request) {
        BlockOption block = request.getOptions().getBlock1();
        if (block != null && exchange.getPeersIdentity() instanceof AuthenticatedDevice device) {
            Duration wait = admit(device, request, block);
            if (!wait.isZero()) {
                refuse(exchange, request, device.id(), wait);
                return;
            }
        }
        super.receiveRequest(exchange, request);
    }

    /** What the layer above refuses, it has forgotten. */
    @Override
    public void sendResponse(Exchange exchange, Response response) {
        Request request = exchange.getCurrentRequest();
        if (response.isInternal()
                && request.getOptions().hasBlock1()
                && exchange.getPeersIdentity() instanceof AuthenticatedDevice device) {
            uploads.end(device, request);
        }
        super.sendResponse(exchange, response);
    }

    private void refuse(Exchange exchange, Request request, DeviceId device, Duration wait) {
        Response refusal = CoapConversion.response(
                Refusals.response(Refusal.UPLOADS_UNFINISHED).withMaxAge(wait));
        refusal.setDestinationContext(request.getSourceContext());
        super.sendResponse(exchange, refusal);
        listener.refusedUnread(device, Refusal.UPLOADS_UNFINISHED);
    }

    /** @return zero if the block may pass, or else how long until an upload is forgotten, in full seconds */
    private Duration admit(AuthenticatedDevice device, Request request, BlockOption block) {
        if (!block.isM()) {
            uploads.end(device, request);
        } else if (block.getNum() == 0) {
            return uploads.begin(device, request);
        } else { // one that has not begun is refused above
            uploads.goOn(device, request);
        }
        return Duration.ZERO;
    }
}
