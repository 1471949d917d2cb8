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
import java.util.function.LongSupplier;
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
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Duration lifetime;
    private final LongSupplier nanoTime;
    private final ExchangeListener listener;
    private final Cache<DeviceId, Uploads> byDevice;

    /** @param lifetime after so long without a block the layer above forgets an upload */
    UploadLimit(Duration lifetime, LongSupplier nanoTime, ExchangeListener listener) {
        this.nanoTime = nanoTime;
        this.lifetime = lifetime;
        this.listener = listener;
        this.byDevice = Caffeine.newBuilder().expireAfterAccess(lifetime).build();
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
            end(device, upload(device, request));
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
        Upload upload = upload(device, request);
        if (block.isM()) {
            return byDevice.get(device.id(), id -> new Uploads()).admit(upload, block.getNum() == 0);
        }
        end(device, upload);
        return Duration.ZERO;
    }

    private void end(AuthenticatedDevice device, Upload upload) {
        Uploads begun = byDevice.getIfPresent(device.id());
        if (begun != null) {
            begun.end(upload);
        }
    }

    private static Upload upload(AuthenticatedDevice device, Request request) {
        return new Upload(
                device.session(),
                request.getCode(),
                request.getScheme(),
                request.getOptions().getUriString());
    }

    /** What the layer above tells uploads apart by. */
    private record Upload(SessionId session, Code method, String scheme, String uri) {}

    private final class Uploads {
        /** When the last block came. Guarded by this. */
        private final Map<Upload, Long> begun = new HashMap<>();

        synchronized Duration admit(Upload upload, boolean first) {
            long now = nanoTime.getAsLong();
            if (first && !begun.containsKey(upload)) {
                begun.values().removeIf(last -> now - last >= lifetime.toNanos()); // now == the end: forgotten
                if (begun.size() >= MAX_PER_DEVICE) {
                    return untilOneIsForgotten(now);
                }
                begun.put(upload, now);
            } else { // one that has not begun is refused above, and leaves nothing behind
                begun.replace(upload, now);
            }
            return Duration.ZERO;
        }

        private Duration untilOneIsForgotten(long now) {
            long idle =
                    begun.values().stream().mapToLong(last -> now - last).max().orElse(0);
            long nanos = lifetime.toNanos() - idle;
            return Duration.ofSeconds((nanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND); // up: not to come too early
        }

        synchronized void end(Upload upload) {
            begun.remove(upload);
        }
    }
}
