package io.coapgate.gateway.coap;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ObservationEnd;
import io.coapgate.gateway.observe.Observation;
import io.coapgate.gateway.observe.Observer;
import java.util.Arrays;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.observe.ObserveRelation;
import org.eclipse.californium.core.server.resources.ObservableResource;
import org.jspecify.annotations.Nullable;

/**
 * One observation as Californium sees it: a resource with this one observer. What Californium does with the fields runs in
 * the exchange's executor, and so does all that touches {@link #numbers}.
 */
final class DeviceRelation implements ObservableResource, Observer {
    private final ObserveRelations owner;
    private final Exchange exchange;
    private final DeviceRequest request;
    private final ObservingSession session;
    private final ObserveNumbers numbers;

    /** Guarded by this. */
    private @Nullable Observation observation;
    /** Guarded by this. */
    private @Nullable ObservationEnd reason;

    DeviceRelation(
            ObserveRelations owner,
            Exchange exchange,
            DeviceRequest request,
            ObservingSession session,
            ObserveNumbers numbers) {
        this.owner = owner;
        this.exchange = exchange;
        this.request = request;
        this.session = session;
        this.numbers = numbers;
    }

    void begin(Observation begun) {
        ObservationEnd endedBefore;
        synchronized (this) {
            observation = begun;
            endedBefore = reason;
        }
        if (endedBefore != null) {
            begun.end(endedBefore);
        }
    }

    Token token() {
        return exchange.getRequest().getToken();
    }

    AuthenticatedDevice device() {
        return request.device();
    }

    ObservingSession session() {
        return session;
    }

    /** Whether a device that asks for both has forgotten one: it must not observe the same twice, RFC 7641 §3.1. */
    boolean isSameAs(DeviceRequest other) {
        return request.method() == other.method()
                && request.options().path().equals(other.options().path())
                && request.options().query().equals(other.options().query())
                && request.accept().equals(other.accept())
                && Arrays.equals(request.payload(), other.payload());
    }

    @Override
    public void changed(DeviceResponse state) {
        send(state);
    }

    @Override
    public void ended(DeviceResponse last) {
        owner.forget(this);
        send(last);
    }

    private void send(DeviceResponse content) {
        exchange.execute(() -> {
            ObserveRelation relation = exchange.getRelation();
            if (relation == null || relation.isCanceled()) {
                return;
            }
            Response message = CoapConversion.response(content);
            message.setDestinationContext(session.latest());
            message.addMessageObserver(new NotificationWatch(message, this));
            if (message.isSuccess()) {
                numbers.advance();
                message.getOptions().setObserve(numbers.current());
            }
            exchange.getEndpoint().sendResponse(exchange, message);
        });
    }

    /** Ends it without a word to the device. */
    void end(ObservationEnd why) {
        over(why);
        exchange.execute(() -> {
            ObserveRelation relation = exchange.getRelation();
            if (relation != null) {
                relation.cancel();
            }
        });
    }

    /** It has ended, or will have in a moment. */
    void over(ObservationEnd why) {
        owner.forget(this);
        Observation ended;
        synchronized (this) {
            reason = why;
            ended = observation;
        }
        if (ended != null) {
            ended.end(why);
        }
    }

    void sent(boolean confirmable) {
        owner.listener().notified(device().id(), confirmable);
    }

    @Override
    public String getURI() {
        return exchange.getRequest().getOptions().getUriString();
    }

    /** Non-confirmable, but for those by which Californium asks now and then whether the device is still there. */
    @Override
    public CoAP.Type getObserveType() {
        return CoAP.Type.NON;
    }

    @Override
    public int getNotificationSequenceNumber() {
        return numbers.current();
    }

    @Override
    public boolean isObservable() {
        return true;
    }

    @Override
    public void addObserveRelation(ObserveRelation relation) {}

    /** Californium has given up on the device, unless another reason came first. */
    @Override
    public void removeObserveRelation(ObserveRelation relation) {
        over(ObservationEnd.UNREACHABLE);
    }

    @Override
    public int getObserverCount() {
        return 1;
    }
}
