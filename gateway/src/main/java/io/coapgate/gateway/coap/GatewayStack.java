package io.coapgate.gateway.coap;

import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.stack.BaseCoapStack;
import org.eclipse.californium.core.network.stack.BlockwiseLayer;
import org.eclipse.californium.core.network.stack.CongestionControlLayer;
import org.eclipse.californium.core.network.stack.ExchangeCleanupLayer;
import org.eclipse.californium.core.network.stack.Layer;
import org.eclipse.californium.core.network.stack.ObserveLayer;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.config.Configuration;

/** Californium's stack for UDP, with a limit below the layer that reassembles bodies. */
final class GatewayStack extends BaseCoapStack {
    GatewayStack(
            String tag, Configuration options, EndpointContextMatcher matcher, UploadLimit uploads, Outbox outbox) {
        super(outbox);
        setLayers(new Layer[] {
            new ExchangeCleanupLayer(options),
            new ObserveLayer(options),
            new BlockwiseLayer(tag, false, options, matcher),
            new BlockResponse.Layer(),
            uploads,
            CongestionControlLayer.newImplementation(tag, options)
        });
    }
}
