package io.coapgate.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.device.SessionId;
import io.coapgate.gateway.token.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EchoFreshnessTest {
    private static final Duration FRESHNESS = Duration.ofSeconds(30);
    private static final SessionId SESSION = new SessionId(1, 2);

    private final MutableClock clock = new MutableClock(Instant.parse("2027-01-01T00:00:00Z"));
    private final EchoFreshness freshness = new EchoFreshness(new SecureRandom(), clock);
    private final Echo echo = freshness.challenge(SESSION);

    @Test
    void aValueThatWasJustGivenOutIsFreshUntilItsTimeIsOver() {
        assertThat(echo.bytes()).hasSizeLessThanOrEqualTo(40);
        assertThat(freshness.isFresh(echo, SESSION, FRESHNESS)).isTrue();
        clock.advance(FRESHNESS.minusMillis(1));
        assertThat(freshness.isFresh(echo, SESSION, FRESHNESS)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(freshness.isFresh(echo, SESSION, FRESHNESS)).isFalse();
    }

    @Test
    void aValueOfTheFutureIsNotFresh() {
        clock.advance(Duration.ofMillis(-1));
        assertThat(freshness.isFresh(echo, SESSION, FRESHNESS)).isFalse();
    }

    @Test
    void anotherSessionsValueIsNotFresh() {
        assertThat(freshness.isFresh(echo, new SessionId(1, 3), FRESHNESS)).isFalse();
        assertThat(freshness.isFresh(echo, new SessionId(2, 2), FRESHNESS)).isFalse();
    }

    @Test
    void anotherProcessesValueIsNotFresh() {
        EchoFreshness restarted = new EchoFreshness(new SecureRandom(), clock);
        assertThat(restarted.isFresh(echo, SESSION, FRESHNESS)).isFalse();
    }

    @Test
    void noBitOfAValueMayBeChanged() {
        for (int bit = 0; bit < echo.bytes().length * 8; bit++) {
            byte[] other = echo.bytes();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(freshness.isFresh(Echo.of(other), SESSION, FRESHNESS))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void noOtherLengthIsFresh() {
        for (int length = 1; length <= 40; length++) {
            byte[] other = Arrays.copyOf(echo.bytes(), length);
            assertThat(freshness.isFresh(Echo.of(other), SESSION, FRESHNESS)).isEqualTo(length == echo.bytes().length);
        }
    }
}
