package io.coapgate.gateway.coap;

import io.coapgate.gateway.exchange.Block;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * One block of a body that is nowhere as a whole. Californium's block-wise layer would take the first one for all there is
 * and say that no more follow; {@link Layer}, below it, says it right again.
 */
final class BlockResponse extends Response {
    private final BlockOption block2;

    BlockResponse(ResponseCode code, Block block) {
        super(code);
        this.block2 = new BlockOption(BlockOption.size2Szx(block.size()), block.more(), block.number());
        getOptions().setBlock2(block2);
    }

    static final class Layer extends AbstractLayer {
        @Override
        public void sendResponse(Exchange exchange, Response response) {
            if (response instanceof BlockResponse block) {
                block.getOptions().setBlock2(block.block2);
            }
            super.sendResponse(exchange, response);
        }
    }
}
