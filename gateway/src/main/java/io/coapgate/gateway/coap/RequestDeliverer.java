package io.coapgate.gateway.coap;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.refusal.Refusal;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;

/** Takes requests straight from the CoAP stack to their handlers, without a resource tree, and answers back. */
final class RequestDeliverer implements MessageDeliverer {
    private final Resources resources;
    private final Function<Principal, Optional<AuthenticatedDevice>> deviceOf;
    private final SeparateResponses separateResponses;
    private final ObserveRelations relations;
    private final ExchangeIds ids;
    private final ExchangeListener listener;

    RequestDeliverer(
            Resources resources,
            Function<Principal, Optional<AuthenticatedDevice>> deviceOf,
            SeparateResponses separateResponses,
            ObserveRelations relations,
            ExchangeIds ids,
            ExchangeListener listener) {
        this.resources = resources;
        this.deviceOf = deviceOf;
        this.separateResponses = separateResponses;
        this.relations = relations;
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
        Optional<RequestHandler> own = resources.ownAt(request.getOptions().getUriPath());
        Optional<CoapMethod> method = CoapConversion.method(request);
        Optional<Refusal> refusal = refusal(request, method, own.isEmpty());
        if (refusal.isPresent()) {
            send(exchange, Refusals.response(refusal.get())); // first: a listener may fail
            listener.refusedUnread(device.get().id(), refusal.get());
            return;
        }
        relations.heard(device.get(), request);
        DeviceRequest asked = CoapConversion.request(request, method.orElseThrow(), device.get(), ids.next());
        CompletableFuture<DeviceResponse> answer =
                own.orElse(resources.forward()).handle(asked).toCompletableFuture();
        if (!answer.isDone()) {
            separateResponses.watch(exchange);
        }
        var unused = answer.thenAccept(response -> answer(exchange, asked, response));
    }

    private static Optional<Refusal> refusal(Request request, Optional<CoapMethod> method, boolean forwarded) {
        if (method.isEmpty()) {
            return Optional.of(Refusal.METHOD_NOT_ALLOWED);
        }
        if (isRestOfLostAnswer(request, method.get())) {
            return Optional.of(Refusal.TRANSFER_INCOMPLETE);
        }
        return CoapConversion.unsupported(request).or(() -> HopLimit.refusal(request.getOptions(), forwarded));
    }

    /**
     * A later block of an answer that is not at hand any more. Asking for the whole again would do again what the request
     * did; only where that changes nothing may the upstream be asked (RFC 7959 §2.4, random access).
     */
    private static boolean isRestOfLostAnswer(Request request, CoapMethod method) {
        BlockOption block2 = request.getOptions().getBlock2();
        return block2 != null && block2.getNum() > 0 && !method.isSafe();
    }

    private void answer(Exchange exchange, DeviceRequest request, DeviceResponse response) {
        exchange.execute(() -> {
            if (!exchange.isComplete()) { // the device may be gone by now
                send(exchange, relations.answer(exchange, request, response));
            }
        });
    }

    private static void send(Exchange exchange, DeviceResponse response) {
        exchange.execute(() -> {
            if (!exchange.isComplete()) {
                Response message = message(response);
                message.setDestinationContext(exchange.getCurrentRequest().getSourceContext());
                // Past Exchange.sendResponse, which sends a suppressed response as a separate one.
                exchange.getEndpoint().sendResponse(exchange, message);
            }
        });
    }

    private static Response message(DeviceResponse response) {
        Response message = CoapConversion.response(response);
        return response.code() == CoapCode.HOP_LIMIT_REACHED ? HopLimit.reached(message) : message;
    }

    /** The gateway sends no requests to devices. */
    @Override
    public void deliverResponse(Exchange exchange, Response response) {}
}
