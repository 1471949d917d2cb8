package io.coapgate.gateway.coap;

import org.eclipse.californium.core.coap.option.IntegerOptionDefinition;
import org.eclipse.californium.core.coap.option.MapBasedOptionRegistry;
import org.eclipse.californium.core.coap.option.OptionRegistry;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;

/**
 * The options that mean something here. Of the others critical ones are refused and elective ones ignored (RFC 7252
 * §5.4.1), among them Q-Block1 and Q-Block2 (RFC 9177) and OSCORE (RFC 8613), which Californium knows and nothing here
 * would act on.
 */
final class KnownOptions {
    /** RFC 8768 §3: one byte; an empty one is let through because it stands for 0, which has an answer of its own. */
    static final IntegerOptionDefinition HOP_LIMIT = new IntegerOptionDefinition(16, "Hop-Limit", true, 0, 1);

    static final OptionRegistry REGISTRY = new MapBasedOptionRegistry(
            StandardOptionRegistry.IF_MATCH,
            StandardOptionRegistry.URI_HOST,
            StandardOptionRegistry.ETAG,
            StandardOptionRegistry.IF_NONE_MATCH,
            StandardOptionRegistry.OBSERVE,
            StandardOptionRegistry.URI_PORT,
            StandardOptionRegistry.URI_PATH,
            StandardOptionRegistry.CONTENT_FORMAT,
            StandardOptionRegistry.URI_QUERY,
            HOP_LIMIT,
            StandardOptionRegistry.ACCEPT,
            StandardOptionRegistry.BLOCK2,
            StandardOptionRegistry.BLOCK1,
            StandardOptionRegistry.SIZE2,
            StandardOptionRegistry.PROXY_URI,
            StandardOptionRegistry.PROXY_SCHEME,
            StandardOptionRegistry.SIZE1,
            StandardOptionRegistry.ECHO,
            StandardOptionRegistry.NO_RESPONSE,
            StandardOptionRegistry.REQUEST_TAG);

    private KnownOptions() {}
}
