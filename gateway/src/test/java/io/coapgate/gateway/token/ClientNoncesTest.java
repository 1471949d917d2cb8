package io.coapgate.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.crypto.key.SecretBytes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** RFC 9200 §5.3.1. */
class ClientNoncesTest {
    private static final SecretBytes KEY = SecretBytes.copyOf(new byte[32]);

    private final MutableClock clock = new MutableClock(Instant.parse("2040-01-01T00:00:00Z"));
    private final ClientNonces nonces = new ClientNonces(KEY, clock, Duration.ofMinutes(5));

    @Test
    void aNonceIsFreshUntilItsLifetimeEnds() {
        byte[] nonce = nonces.create();
        assertThat(nonce).hasSize(ClientNonces.BYTES);
        assertThat(nonces.isFresh(nonce)).isTrue();
        clock.advance(Duration.ofSeconds(299));
        assertThat(nonces.isFresh(nonce)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(nonces.isFresh(nonce)).isFalse();
    }

    @Test
    void aNonceOutlivesARestartWithTheSameKey() {
        assertThat(new ClientNonces(KEY, clock, Duration.ofMinutes(5)).isFresh(nonces.create()))
                .isTrue();
        SecretBytes other = SecretBytes.copyOf(new byte[] {1, 2, 3});
        assertThat(new ClientNonces(other, clock, Duration.ofMinutes(5)).isFresh(nonces.create()))
                .isFalse();
    }

    @Test
    void nobodyElseMakesOne() {
        byte[] nonce = nonces.create();
        for (int i = 0; i < nonce.length; i++) {
            byte[] changed = nonce.clone();
            changed[i] ^= 1;
            assertThat(nonces.isFresh(changed)).isFalse();
        }
        assertThat(nonces.isFresh(new byte[0])).isFalse();
        assertThat(nonces.isFresh(new byte[13])).isFalse();
    }

    @Test
    void aNonceOfTheFutureIsNotFresh() {
        byte[] nonce = nonces.create();
        clock.advance(Duration.ofSeconds(-1));
        assertThat(nonces.isFresh(nonce)).isFalse();
    }

    @Test
    void aLifetimeIsMoreThanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientNonces(KEY, clock, Duration.ZERO));
    }
}
