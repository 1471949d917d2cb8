package io.coapgate.gateway.coap;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.ObservationEnd;
import io.coapgate.gateway.observe.Observation;
import io.coapgate.gateway.observe.Observations;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.observe.ObserveManager;
import org.eclipse.californium.core.observe.ObserveRelation;

/**
 * Who observes, by DTLS session and token. Californium's own book-keeping goes by address, at which there may be another
 * device tomorrow; of it only the relation itself is used. Thread-safe; a request of a session that observes nothing costs
 * one look-up.
 */
final class ObserveRelations {
    private final Observations observations;
    private final ExchangeListener listener;
    private final LongSupplier millis;
    private final ObserveManager californium = new ObserveManager(null);
    private final Map<AuthenticatedDevice, ObservingSession> sessions = new ConcurrentHashMap<>();

    /** @param millis of the clock, from which notifications get their numbers */
    ObserveRelations(Observations observations, ExchangeListener listener, LongSupplier millis) {
        this.observations = observations;
        this.listener = listener;
        this.millis = millis;
    }

    ExchangeListener listener() {
        return listener;
    }

    /** A request of this device has come: from wherever it is now, and perhaps to say that it observes no longer. */
    void heard(AuthenticatedDevice device, Request request) {
        ObservingSession session = sessions.get(device);
        if (session != null) {
            session.heardAt(request.getSourceContext());
            if (request.isObserveCancel()) { // RFC 7641 §3.6
                endThose(session, relation -> relation.token().equals(request.getToken()), ObservationEnd.CANCELLED);
            }
        }
    }

    /**
     * Begins an observation if the request asks for one and may have it. Runs in the exchange's executor, before the answer
     * is sent: no notification can overtake it.
     *
     * @return the answer as it is to be sent
     */
    DeviceResponse answer(Exchange exchange, DeviceRequest request, DeviceResponse answer) {
        Request message = exchange.getRequest();
        if (!message.isObserve() || message.getOptions().hasNoResponse()) {
            return answer;
        }
        AuthenticatedDevice device = request.device();
        ObservingSession known = sessions.get(device);
        if (known != null) {
            endThose(
                    known,
                    relation -> relation.token().equals(message.getToken()) || relation.isSameAs(request),
                    ObservationEnd.REPLACED);
        }
        return begin(exchange, request, answer)
                .map(observation -> observation.dated(answer))
                .orElse(answer);
    }

    private static void endThose(ObservingSession session, Predicate<DeviceRelation> which, ObservationEnd reason) {
        session.all().stream().filter(which).forEach(relation -> relation.end(reason));
    }

    private Optional<Observation> begin(Exchange exchange, DeviceRequest request, DeviceResponse answer) {
        DeviceRelation relation = add(exchange, request);
        Optional<Observation> begun = observations.register(request, answer, relation);
        if (begun.isEmpty()) {
            forget(relation);
            return begun;
        }
        exchange.getRequest().setProtectFromOffload();
        new Rejectable(californium, relation, exchange)
                .setEndpoint(relation.session().endpoint());
        relation.begin(begun.get());
        return begun;
    }

    private DeviceRelation add(Exchange exchange, DeviceRequest request) {
        DeviceRelation[] added = new DeviceRelation[1];
        sessions.compute(request.device(), (device, known) -> {
            ObservingSession session =
                    known == null ? new ObservingSession(exchange.getRequest().getSourceContext()) : known;
            added[0] = new DeviceRelation(this, exchange, request, session, new ObserveNumbers(millis));
            session.add(added[0]);
            return session;
        });
        return added[0];
    }

    void forget(DeviceRelation relation) {
        sessions.computeIfPresent(relation.device(), (device, session) -> session.remove(relation) ? null : session);
    }

    /** The device's DTLS session has ended: there is nobody to tell. */
    void sessionEnded(AuthenticatedDevice device) {
        ObservingSession session = sessions.get(device);
        if (session != null) {
            endThose(session, relation -> true, ObservationEnd.DISCONNECTED);
        }
    }

    /** A reset says more to Californium than that it should end the relation: RFC 7641 §3.6. */
    private static final class Rejectable extends ObserveRelation {
        private final DeviceRelation relation;

        Rejectable(ObserveManager manager, DeviceRelation relation, Exchange exchange) {
            super(manager, relation, exchange);
            this.relation = relation;
        }

        @Override
        public void reject() {
            relation.over(ObservationEnd.REJECTED);
            cancel();
        }
    }
}
