package io.coapgate.gateway.coap;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.refusal.Refusal;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;

/** Takes requests straight from the CoAP stack to their handlers, without a resource tree, and answers back. */
final class RequestDeliverer implements MessageDeliverer {
    private final Map<String, RequestHandler> ownResources;
    private final RequestHandler forward;
    private final Function<Principal, Optional<AuthenticatedDevice>> deviceOf;
    private final SeparateResponses separateResponses;
    private final ExchangeIds ids;
    private final ExchangeListener listener;

    /** @param ownResources by the only segment of their path */
    RequestDeliverer(
            Map<String, RequestHandler> ownResources,
            RequestHandler forward,
            Function<Principal, Optional<AuthenticatedDevice>> deviceOf,
            SeparateResponses separateResponses,
            ExchangeIds ids,
            ExchangeListener listener) {
        this.ownResources = Map.copyOf(ownResources);
        this.forward = forward;
        this.deviceOf = deviceOf;
        this.separateResponses = separateResponses;
        this.ids = ids;
        this.listener = listener;
    }

    @Override
    public void deliverRequest(Exchange exchange) {
        Request request = exchange.getRequest();
        Principal principal = request.getSourceContext().getPeerIdentity();
        Optional<AuthenticatedDevice> device = principal == null ? Optional.empty() : deviceOf.apply(principal);
        if (device.isEmpty()) { // no handshake of ours leaves a session without its proof: fail closed
            send(exchange, Refusals.response(Refusal.CREDENTIAL_UNKNOWN));
            return;
        }
        Optional<CoapMethod> method = CoapConversion.method(request);
        Optional<Refusal> unsupported = CoapConversion.unsupported(request)
                .or(() -> method.isEmpty() ? Optional.of(Refusal.METHOD_NOT_ALLOWED) : Optional.empty());
        if (unsupported.isPresent()) {
            send(exchange, Refusals.response(unsupported.get())); // first: a listener may fail
            listener.refusedUnread(device.get().id(), unsupported.get());
            return;
        }
        CompletableFuture<DeviceResponse> answer = handlerOf(
                        request.getOptions().getUriPath())
                .handle(CoapConversion.request(request, method.orElseThrow(), device.get(), ids.next()))
                .toCompletableFuture();
        if (!answer.isDone()) {
            separateResponses.watch(exchange);
        }
        var unused = answer.thenAccept(response -> send(exchange, response));
    }

    private RequestHandler handlerOf(List<String> path) {
        RequestHandler own = path.size() == 1 ? ownResources.get(path.get(0)) : null;
        return own == null ? forward : own;
    }

    private static void send(Exchange exchange, DeviceResponse response) {
        exchange.execute(() -> {
            if (!exchange.isComplete()) { // the device may be gone by now
                exchange.sendResponse(CoapConversion.response(response));
            }
        });
    }

    /** The gateway sends no requests to devices. */
    @Override
    public void deliverResponse(Exchange exchange, Response response) {}
}
