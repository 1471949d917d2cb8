package io.coapgate.gateway.coap;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.Block;
import io.coapgate.gateway.exchange.EntityTag;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.BlockOption;
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
    private final int preferredBlockBytes;
    private final UnfinishedTransfers answers;

    /** @param lifetime after so long without a request for a block the block-wise layer forgets an answer */
    UnfinishedAnswers(Duration lifetime, int preferredBlockBytes, LongSupplier nanoTime) {
        this.preferredBlockBytes = preferredBlockBytes;
        this.answers = new UnfinishedTransfers(lifetime, nanoTime);
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
                || answers.hasRoomFor(device, request);
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
            count(device, exchange.getCurrentRequest(), block);
        }
    }

    private void count(AuthenticatedDevice device, Request request, BlockOption block) {
        if (!block.isM()) {
            answers.end(device, request);
        } else if (block.getNum() == 0) {
            var unused = answers.begin(device, request); // there was room
        } else { // one that is not kept is read block by block
            answers.goOn(device, request);
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
}
