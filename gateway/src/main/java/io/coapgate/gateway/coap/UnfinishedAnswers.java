package io.coapgate.gateway.coap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.SessionId;
import io.coapgate.gateway.exchange.Block;
import io.coapgate.gateway.exchange.EntityTag;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;
import org.eclipse.californium.core.network.stack.Layer;

/**
 * Bounds the answers in blocks (RFC 7959 §2.4) that one device has begun to fetch and not ended, for Californium's
 * block-wise layer keeps each whole until then, and has one table for all devices. Of one more the device gets the first
 * block as any other, but nothing is kept: for each further block of a read the service is asked again; of the answer to a
 * change the rest is lost, for a change can't be asked again.
 *
 * <p>Two layers: {@link #above} the block-wise one decides, {@link #below} it counts what was sent. Thread-safe.
 */
final class UnfinishedAnswers {
    static final int MAX_PER_DEVICE = 4;

    private final Duration lifetime;
    private final int preferredBlockBytes;
    private final LongSupplier nanoTime;
    private final Cache<DeviceId, Begun> byDevice;

    /** @param lifetime after so long without a request for a block the block-wise layer forgets an answer */
    UnfinishedAnswers(Duration lifetime, int preferredBlockBytes, LongSupplier nanoTime) {
        this.lifetime = lifetime;
        this.preferredBlockBytes = preferredBlockBytes;
        this.nanoTime = nanoTime;
        this.byDevice = Caffeine.newBuilder().expireAfterAccess(lifetime).build();
    }

    Layer above() {
        return new AbstractLayer() {
            @Override
            public void sendResponse(Exchange exchange, Response response) {
                boolean isKept = mayBeKept(exchange, response);
                if (!isKept || number(exchange.getRequest()) > 0) {
                    tellVersion(response);
                }
                super.sendResponse(exchange, isKept ? response : firstBlock(exchange, response));
            }
        };
    }

    Layer below() {
        return new AbstractLayer() {
            @Override
            public void sendResponse(Exchange exchange, Response response) {
                count(exchange, response);
                super.sendResponse(exchange, response);
            }
        };
    }

    private boolean mayBeKept(Exchange exchange, Response response) {
        Request request = exchange.getRequest();
        boolean wouldBeKept = !response.getOptions().hasObserve()
                && !response.getOptions().hasBlock2()
                && number(request) == 0
                && response.getPayloadSize() > blockBytes(request);
        return !wouldBeKept
                || !(exchange.getPeersIdentity() instanceof AuthenticatedDevice device)
                || byDevice.get(device.id(), id -> new Begun()).hasRoomFor(answer(device, request));
    }

    /** Blocks that are cut of different answers must not pass for one body, RFC 7959 §2.4. */
    private static void tellVersion(Response response) {
        boolean isWhole = response.isSuccess() && !response.getOptions().hasBlock2();
        if (isWhole && response.getPayloadSize() > 0 && response.getOptions().getETagCount() == 0) {
            response.getOptions()
                    .addETag(EntityTag.ofContent(response.getPayload()).bytes());
        }
    }

    private Response firstBlock(Exchange exchange, Response whole) {
        int size = blockBytes(exchange.getRequest());
        BlockResponse first = new BlockResponse(whole.getCode(), new Block(0, size, true));
        OptionSet options = new OptionSet(whole.getOptions());
        options.setBlock2(first.getOptions().getBlock2());
        options.setSize2(whole.getPayloadSize());
        first.setOptions(options);
        first.setPayload(Arrays.copyOf(whole.getPayload(), size));
        first.setType(whole.getType());
        first.setMID(whole.getMID());
        first.setToken(whole.getToken());
        first.setDestinationContext(whole.getDestinationContext());
        first.addMessageObservers(whole.getMessageObservers());
        return first;
    }

    private void count(Exchange exchange, Response response) {
        BlockOption block = response.getOptions().getBlock2();
        if (block != null
                && !(response instanceof BlockResponse)
                && exchange.getPeersIdentity() instanceof AuthenticatedDevice device) {
            byDevice.get(device.id(), id -> new Begun()).sent(answer(device, exchange.getCurrentRequest()), block);
        }
    }

    private static int number(Request request) {
        BlockOption block = request.getOptions().getBlock2();
        return block == null ? 0 : block.getNum();
    }

    private int blockBytes(Request request) {
        BlockOption block = request.getOptions().getBlock2();
        return block == null ? preferredBlockBytes : Math.min(block.getSize(), preferredBlockBytes);
    }

    private static Answer answer(AuthenticatedDevice device, Request request) {
        return new Answer(
                device.session(),
                request.getCode(),
                request.getScheme(),
                request.getOptions().getUriString());
    }

    /** What the block-wise layer tells answers apart by. */
    private record Answer(SessionId session, Code method, String scheme, String uri) {}

    private final class Begun {
        /** When the last block was sent. Guarded by this. */
        private final Map<Answer, Long> lastSent = new HashMap<>();

        /** One that is begun anew takes the place of the old one. */
        synchronized boolean hasRoomFor(Answer answer) {
            long now = nanoTime.getAsLong();
            lastSent.values().removeIf(last -> now - last >= lifetime.toNanos()); // now == the end: forgotten
            return lastSent.containsKey(answer) || lastSent.size() < MAX_PER_DEVICE;
        }

        synchronized void sent(Answer answer, BlockOption block) {
            if (!block.isM()) {
                lastSent.remove(answer);
            } else if (block.getNum() == 0) {
                lastSent.put(answer, nanoTime.getAsLong());
            } else { // one that is not kept is read block by block
                lastSent.replace(answer, nanoTime.getAsLong());
            }
        }
    }
}
