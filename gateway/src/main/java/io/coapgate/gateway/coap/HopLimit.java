package io.coapgate.gateway.coap;

import io.coapgate.gateway.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;

/**
 * The Hop-Limit option, RFC 8768. What goes on over HTTP has been forwarded, so the gateway counts as a hop and refuses
 * what may make no more; HTTP has no field that the rest of the count could travel in, and {@code Via} finds loops there.
 */
final class HopLimit {
    private static final int RAW_CODE = 5 << 5 | 8; // 5.08 Hop Limit Reached, RFC 8768 §5

    private HopLimit() {}

    /** @param forwarded whether the request leaves the gateway; its own resources are the last hop */
    static Optional<Refusal> refusal(OptionSet options, boolean forwarded) {
        List<Option> values = options.getOthers(KnownOptions.HOP_LIMIT);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        return switch (values.get(0).getIntegerValue()) {
            case 0 -> Optional.of(Refusal.HOP_LIMIT_INVALID); // §3: MUST be rejected with 4.00
            case 1 -> forwarded ? Optional.of(Refusal.HOP_LIMIT_REACHED) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The same response as 5.08, which Californium has no name for. */
    static Response reached(Response response) {
        Response named = new Response(ResponseCode.INTERNAL_SERVER_ERROR) {
            @Override
            public int getRawCode() {
                return RAW_CODE;
            }
        };
        named.setOptions(response.getOptions());
        named.setPayload(response.getPayload());
        return named;
    }
}
