package io.coapgate.gateway.ace;

import io.coapgate.crypto.ace.AccessTokenError;
import io.coapgate.crypto.ace.AceError;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.refusal.Refusal;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * Around {@code /token} and {@code /introspect}: whoever refuses a request on its way there, the answer has the form of RFC 9200
 * §5.8.3 and §5.9.3. Whoever may not be a client hears {@code invalid_client} in application/ace+cbor; what no error code is meant for,
 * as too many requests, has no payload, but its code and when to come again. Problem details may not stand there.
 */
public final class AceErrors implements RequestHandler {
    private final RequestHandler endpoint;

    public AceErrors(RequestHandler endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public CompletionStage<DeviceResponse> handle(DeviceRequest request) {
        return endpoint.handle(request).thenApply(AceErrors::inForm);
    }

    private static DeviceResponse inForm(DeviceResponse response) {
        boolean hasForm = !response.contentFormat().equals(OptionalInt.of(ContentFormat.CONCISE_PROBLEM_DETAILS));
        if (response.refusal().isEmpty() || hasForm) {
            return response;
        }
        Refusal reason = response.refusal().get();
        return response.code() == CoapCode.UNAUTHORIZED
                ? refused(reason, AceError.INVALID_CLIENT)
                : Refusals.withoutPayload(reason);
    }

    static DeviceResponse refused(Refusal reason, AceError error) {
        return Refusals.response(
                reason, ContentFormat.ACE_CBOR, AccessTokenError.of(error).encode());
    }
}
