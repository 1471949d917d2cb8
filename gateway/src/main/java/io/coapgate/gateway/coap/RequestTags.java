package io.coapgate.gateway.coap;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * Keeps block-wise transfers of different Request-Tags apart (RFC 9175 §3), as if each went to a resource of its own.
 *
 * <p>Californium tells transfers apart by session, method, scheme and URI alone, so that blocks of one upload would be
 * taken for those of another. Of these only the scheme is free to carry something: nothing else reads it, as all that
 * comes here is coaps. Thread-safe.
 */
final class RequestTags extends AbstractLayer {
    @Override
    public void receiveRequest(Exchange exchange, Request request) {
        OptionSet options = request.getOptions();
        if (options.hasBlock1() || options.hasBlock2()) {
            List<Option> tags = options.getOthers(StandardOptionRegistry.REQUEST_TAG);
            if (!tags.isEmpty()) {
                request.setScheme(request.getScheme() + tagged(tags));
            }
            if (options.hasSize1() && options.getSize1() == 0) {
                options.removeSize1(); // says nothing about a body in blocks; the layer above can't do with it
            }
        }
        super.receiveRequest(exchange, request);
    }

    /** An empty tag is another than none, and a list of two another than their concatenation. */
    private static String tagged(List<Option> tags) {
        return tags.stream()
                .map(tag -> HexFormat.of().formatHex(tag.getValue()))
                .collect(Collectors.joining("+", "+", ""));
    }
}
