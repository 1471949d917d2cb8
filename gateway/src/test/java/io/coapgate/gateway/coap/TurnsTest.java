package io.coapgate.gateway.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(93);

    private final List<Exchange> sent = new ArrayList<>();
    private long now;

    private static Exchange exchange() {
        return new Exchange(new Request(Code.GET), "peer", Exchange.Origin.REMOTE, Runnable::run);
    }

    private Turn ask(Turns turns, Exchange exchange) {
        Turn turn = new Turn(exchange, new Response(ResponseCode.CONTENT), over -> {});
        turns.ask(turn, now);
        turn.go((of, response) -> sent.add(of));
        return turn;
    }

    @Test
    void soManyGoAtOnceAndTheOthersInOrder() {
        Turns turns = new Turns(2, PATIENCE);
        List<Turn> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asked.add(ask(turns, exchange()));
        }
        assertThat(sent).hasSize(2);
        assertThat(turns.end(asked.get(1), now)).contains(asked.get(2));
        assertThat(turns.end(asked.get(1), now)).as("ends once").isEmpty();
        assertThat(turns.end(asked.get(0), now)).contains(asked.get(3));
        assertThat(turns.end(asked.get(2), now)).isEmpty();
        assertThat(turns.isEmpty()).isFalse();
        turns.end(asked.get(3), now);
        assertThat(turns.isEmpty()).isTrue();
    }

    @Test
    void aDeviceThatNeverAcknowledgesFillsNoHeap() {
        Turns turns = new Turns(1, PATIENCE);
        ask(turns, exchange());
        for (int i = 0; i < Turns.MAX_WAITING; i++) {
            ask(turns, exchange());
        }
        Exchange oneMore = exchange();
        ask(turns, oneMore);
        assertThat(oneMore.isComplete()).as("turned away").isTrue();
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatWasNeverHeardOfAgainGivesItsTurnBack() {
        Turns turns = new Turns(1, PATIENCE);
        ask(turns, exchange());
        now = PATIENCE.toNanos() - 1;
        ask(turns, exchange());
        assertThat(sent).hasSize(1);
        now = PATIENCE.toNanos();
        ask(turns, exchange());
        assertThat(sent).hasSize(2);
    }

    @Test
    void aNewerResponseOfTheSameExchangeTakesThePlaceOfTheOlder() {
        Turns turns = new Turns(1, PATIENCE);
        Turn first = ask(turns, exchange());
        Exchange observed = exchange();
        ask(turns, observed);
        Turn newer = ask(turns, observed);
        assertThat(turns.end(first, now)).contains(newer);
        assertThat(turns.end(newer, now)).isEmpty();
        assertThat(turns.isEmpty()).isTrue();
    }

    @Test
    void aNotificationIsNeverTurnedAway() {
        Turns turns = new Turns(1, PATIENCE);
        Turn first = ask(turns, exchange());
        for (int i = 0; i < Turns.MAX_WAITING; i++) {
            ask(turns, exchange());
        }
        Exchange observing = exchange();
        Response notification = new Response(ResponseCode.CONTENT);
        notification.getOptions().setObserve(1);
        turns.ask(new Turn(observing, notification, over -> {}), now);
        assertThat(observing.isComplete()).isFalse();
        Turn last = first;
        for (int i = 0; i <= Turns.MAX_WAITING; i++) {
            last = turns.end(last, now).orElseThrow();
        }
        assertThat(last.exchange()).isSameAs(observing);
    }
}
