package io.coapgate.gateway.coap;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.refusal.Refusal;
import java.security.Principal;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.MessageFormatException;
import org.eclipse.californium.core.network.interceptors.MalformedMessageInterceptor;
import org.eclipse.californium.core.network.interceptors.MessageInterceptorAdapter;
import org.eclipse.californium.core.network.serialization.DataParser;
import org.eclipse.californium.elements.RawData;

/** Tells the operator of messages that could not be read, whether they were answered, reset or ignored. Thread-safe. */
final class MalformedMessages extends MessageInterceptorAdapter implements MalformedMessageInterceptor {
    private final DataParser parser;
    private final Function<Principal, Optional<AuthenticatedDevice>> deviceOf;
    private final ExchangeListener listener;

    MalformedMessages(
            DataParser parser, Function<Principal, Optional<AuthenticatedDevice>> deviceOf, ExchangeListener listener) {
        this.parser = parser;
        this.deviceOf = deviceOf;
        this.listener = listener;
    }

    @Override
    public void receivedMalformedMessage(RawData message) {
        Principal principal = message.getEndpointContext().getPeerIdentity();
        if (principal != null) {
            deviceOf.apply(principal)
                    .ifPresent(device -> listener.refusedUnread(device.id(), reason(message.getBytes())));
        }
    }

    /** Read again, for the endpoint keeps the reason to itself. */
    private Refusal reason(byte[] message) {
        try {
            parser.parseMessage(message);
            return Refusal.MESSAGE_MALFORMED; // nothing wrong in itself, and still no CoAP message
        } catch (CoAPMessageFormatException e) {
            if (e.getErrorCode() == ResponseCode.BAD_OPTION) {
                return Refusal.OPTION_UNSUPPORTED;
            }
            return e.getErrorCode() == ResponseCode.METHOD_NOT_ALLOWED
                    ? Refusal.METHOD_NOT_ALLOWED
                    : Refusal.MESSAGE_MALFORMED;
        } catch (MessageFormatException e) {
            return Refusal.MESSAGE_MALFORMED;
        }
    }
}
