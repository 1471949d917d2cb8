package io.coapgate.gateway.coap;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;

/** One confirmable response, from its wish to be sent to its acknowledgement or failure. */
final class Turn extends MessageObserverAdapter {
    private enum State {
        WAITING,
        OUTSTANDING,
        TURNED_AWAY
    }

    private final Exchange exchange;
    private final Response response;
    private final Consumer<Turn> whenOver;
    private volatile State state = State.WAITING;
    private volatile long beganNanos;

    Turn(Exchange exchange, Response response, Consumer<Turn> whenOver) {
        super(true);
        this.exchange = exchange;
        this.response = response;
        this.whenOver = whenOver;
    }

    Exchange exchange() {
        return exchange;
    }

    /** One of these is never turned away: Californium would wait for its acknowledgement before it sends another. */
    boolean isNotification() {
        return response.isNotification();
    }

    void begin(long now) {
        beganNanos = now;
        state = State.OUTSTANDING;
    }

    void turnAway() {
        state = State.TURNED_AWAY;
    }

    boolean isOver(long now, long patienceNanos) {
        return exchange.isComplete() || now - beganNanos >= patienceNanos;
    }

    /** Sends it if it is its turn. Runs where the exchange runs. */
    void go(BiConsumer<Exchange, Response> send) {
        if (state == State.TURNED_AWAY) {
            exchange.executeComplete();
        } else if (state == State.OUTSTANDING) {
            if (exchange.isComplete()) { // the device is gone, or has lost interest
                whenOver.accept(this);
            } else {
                response.addMessageObserver(this);
                send.accept(exchange, response);
            }
        }
    }

    @Override
    public void onAcknowledgement() {
        whenOver.accept(this);
    }

    /** A newer notification takes its place, RFC 7641 §4.5.2. */
    @Override
    public void onCancel() {
        whenOver.accept(this);
    }

    /** Reset, timed out, or not to be sent. */
    @Override
    protected void failed() {
        whenOver.accept(this);
    }
}
