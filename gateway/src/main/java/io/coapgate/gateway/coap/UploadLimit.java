package io.coapgate.gateway.coap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.SessionId;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.Code;
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
    static final int MAX_PER_DEVICE = 4;

    private final Duration lifetime;
    private final ExchangeListener listener;
    private final Cache<DeviceId, Uploads> byDevice;

    /** @param lifetime after so long without a block the layer above forgets an upload */
    UploadLimit(Duration lifetime, ExchangeListener listener) {
        this.lifetime = lifetime;
        this.listener = listener;
        this.byDevice = Caffeine.newBuilder().expireAfterAccess(lifetime).build();
    }

    @Override
    public void receiveRequest(Exchange exchange, Request request) {
        BlockOption block = request.getOptions().getBlock1();
        if (block == null
                || !(exchange.getPeersIdentity() instanceof AuthenticatedDevice device)
                || admits(device, request, block)) {
            super.receiveRequest(exchange, request);
            return;
        }
        listener.refusedUnread(device.id(), Refusal.DEVICE_BUSY);
        Response refusal = CoapConversion.response(Refusals.response(Refusal.DEVICE_BUSY));
        refusal.setDestinationContext(request.getSourceContext());
        super.sendResponse(exchange, refusal);
    }

    private boolean admits(AuthenticatedDevice device, Request request, BlockOption block) {
        Upload upload = new Upload(
                device.session(), request.getCode(), request.getOptions().getUriString());
        if (block.isM()) {
            return byDevice.get(device.id(), id -> new Uploads()).admits(upload, block.getNum() == 0);
        }
        Uploads begun = byDevice.getIfPresent(device.id());
        if (begun != null) {
            begun.end(upload);
        }
        return true;
    }

    /** What the layer above tells uploads apart by. */
    private record Upload(SessionId session, Code method, String uri) {}

    private final class Uploads {
        /** When the last block came. Guarded by this. */
        private final Map<Upload, Long> begun = new HashMap<>();

        synchronized boolean admits(Upload upload, boolean first) {
            long now = System.nanoTime();
            if (first && !begun.containsKey(upload)) {
                begun.values().removeIf(last -> now - last > lifetime.toNanos());
                if (begun.size() >= MAX_PER_DEVICE) {
                    return false;
                }
                begun.put(upload, now);
            } else { // one that has not begun is refused above, and leaves nothing behind
                begun.replace(upload, now);
            }
            return true;
        }

        synchronized void end(Upload upload) {
            begun.remove(upload);
        }
    }
}
