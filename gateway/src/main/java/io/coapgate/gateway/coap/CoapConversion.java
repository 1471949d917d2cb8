package io.coapgate.gateway.coap;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.refusal.Refusal;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;

/** Between Californium's messages and the gateway's own. */
final class CoapConversion {
    private CoapConversion() {}

    /** Why no request with these options is answered at all, if so. */
    static Optional<Refusal> unsupported(Request request) {
        OptionSet options = request.getOptions();
        if (options.hasProxyUri() || options.hasProxyScheme()) {
            return Optional.of(Refusal.PROXYING_NOT_SUPPORTED); // RFC 7252 §5.10.2
        }
        // Critical options that are known to the library, but mean nothing here yet (RFC 7252 §5.4.1).
        if (options.getIfMatchCount() > 0 || options.hasIfNoneMatch() || options.hasOscore()) {
            return Optional.of(Refusal.OPTION_UNSUPPORTED);
        }
        return Optional.empty();
    }

    static Optional<CoapMethod> method(Request request) {
        return switch (request.getCode()) {
            case GET -> Optional.of(CoapMethod.GET);
            case POST -> Optional.of(CoapMethod.POST);
            case PUT -> Optional.of(CoapMethod.PUT);
            case DELETE -> Optional.of(CoapMethod.DELETE);
            default -> Optional.empty();
        };
    }

    static DeviceRequest request(Request request, CoapMethod method, AuthenticatedDevice device, ExchangeId id) {
        OptionSet options = request.getOptions();
        byte[] payload = request.getPayload();
        return new DeviceRequest(
                id,
                device,
                request.getSourceContext().getPeerAddress(),
                method,
                options.getUriPath(),
                options.getUriQuery(),
                options.hasContentFormat() ? OptionalInt.of(options.getContentFormat()) : OptionalInt.empty(),
                options.hasAccept() ? OptionalInt.of(options.getAccept()) : OptionalInt.empty(),
                payload);
    }

    static Response response(DeviceResponse response) {
        Response message = new Response(ResponseCode.valueOf(response.code().value()));
        message.setPayload(response.payload());
        OptionSet options = message.getOptions();
        response.contentFormat().ifPresent(options::setContentFormat);
        response.maxAge().ifPresent(maxAge -> options.setMaxAge(maxAge.toSeconds()));
        return message;
    }
}
