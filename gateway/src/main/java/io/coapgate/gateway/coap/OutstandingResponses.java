package io.coapgate.gateway.coap;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * Holds the gateway to NSTART (RFC 7252 §4.7): so many confirmable responses may be without acknowledgement at a device,
 * the others wait their turn. Together with the exponential back-off of the layer below this is the congestion control
 * that the RFC asks for. Responses that ride on an acknowledgement pass without a lock. Thread-safe.
 */
final class OutstandingResponses extends AbstractLayer {
    private final int nstart;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<Object, Turns> byPeer = new ConcurrentHashMap<>();

    /** @param patience after so long nobody waits for an acknowledgement any more, whatever became of the message */
    OutstandingResponses(int nstart, Duration patience, LongSupplier nanoTime) {
        this.nstart = nstart;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    @Override
    public void sendResponse(Exchange exchange, Response response) {
        if (!willBeConfirmable(exchange, response)) {
            super.sendResponse(exchange, response);
            return;
        }
        Turn turn = new Turn(exchange, response, this::end);
        byPeer.compute(exchange.getPeersIdentity(), (peer, known) -> {
            Turns turns = known == null ? new Turns(nstart, patience) : known;
            turns.ask(turn, nanoTime.getAsLong());
            return turns;
        });
        turn.go(super::sendResponse);
    }

    /** The next one's turn; a peer of whom nothing is outstanding leaves nothing behind. */
    private void end(Turn turn) {
        byPeer.computeIfPresent(turn.exchange().getPeersIdentity(), (peer, turns) -> {
            turns.end(turn, nanoTime.getAsLong()).ifPresent(this::goLater);
            return turns.isEmpty() ? null : turns;
        });
    }

    private void goLater(Turn next) {
        next.exchange().execute(() -> next.go(super::sendResponse));
    }

    private static boolean willBeConfirmable(Exchange exchange, Response response) {
        Request request = exchange.getCurrentRequest();
        return response.getType() == CoAP.Type.CON
                || (response.getType() == null && request.getType() == CoAP.Type.CON && request.isAcknowledged());
    }
}
