package io.coapgate.gateway.coap;

import java.util.List;
import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.stack.BaseCoapStack;
import org.eclipse.californium.core.network.stack.BlockwiseLayer;
import org.eclipse.californium.core.network.stack.ExchangeCleanupLayer;
import org.eclipse.californium.core.network.stack.Layer;
import org.eclipse.californium.core.network.stack.ObserveLayer;
import org.eclipse.californium.core.network.stack.ReliabilityLayer;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.config.Configuration;

/**
 * Californium's stack for UDP, with layers of the gateway's own below the one that reassembles bodies.
 *
 * <p>Of Californium's congestion control none is used: its modes take one lock of all devices for every answer, send
 * without dither, lose the answer to a duplicate, and never give a device's turn back when its session ends.
 */
final class GatewayStack extends BaseCoapStack {
    /**
     * @param above what whole answers pass
     * @param own what blocks pass, from top to bottom
     */
    GatewayStack(
            String tag,
            Configuration options,
            EndpointContextMatcher matcher,
            Layer above,
            List<Layer> own,
            Outbox outbox) {
        super(outbox);
        Layer[] layers = new Layer[own.size() + 5];
        layers[0] = new ExchangeCleanupLayer(options);
        layers[1] = new ObserveLayer(options);
        layers[2] = above;
        layers[3] = new BlockwiseLayer(tag, false, options, matcher);
        for (int i = 0; i < own.size(); i++) {
            layers[4 + i] = own.get(i);
        }
        layers[4 + own.size()] = new ReliabilityLayer(options);
        setLayers(layers);
    }
}
