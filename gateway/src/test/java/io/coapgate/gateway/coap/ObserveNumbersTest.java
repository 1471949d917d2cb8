package io.coapgate.gateway.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** RFC 7641 §4.4. */
class ObserveNumbersTest {
    private final AtomicLong millis = new AtomicLong(1_000);
    private final ObserveNumbers numbers = new ObserveNumbers(millis::get);

    @Test
    void followTheClock() {
        assertThat(numbers.current()).isEqualTo(1_000);
        millis.addAndGet(50);
        numbers.advance();
        assertThat(numbers.current()).isEqualTo(1_050);
    }

    @Test
    void riseWithinAMillisecondAndWhenTheClockIsSetBack() {
        numbers.advance();
        numbers.advance();
        assertThat(numbers.current()).isEqualTo(1_002);
        millis.set(500);
        numbers.advance();
        assertThat(numbers.current()).isEqualTo(1_003);
    }

    @Test
    void beginAgainAfterTwentyFourBits() {
        millis.set((1L << 24) - 1);
        numbers.advance();
        assertThat(numbers.current()).isEqualTo((1 << 24) - 1);
        numbers.advance();
        assertThat(numbers.current()).isZero();
        millis.addAndGet(5);
        numbers.advance();
        assertThat(numbers.current()).isEqualTo(4);
    }

    @Test
    void goOnAfterARestart() {
        millis.addAndGet(10_000);
        assertThat(new ObserveNumbers(millis::get).current()).isGreaterThan(numbers.current());
    }
}
