package io.coapgate.gateway.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.Configuration;
import org.junit.jupiter.api.Test;

class TransmissionParametersTest {
    private static final Duration TWO = Duration.ofSeconds(2);
    private static final Duration LIFETIME = Duration.ofSeconds(247);
    private static final TransmissionParameters DEFAULTS =
            new TransmissionParameters(TWO, 4, 1, LIFETIME, Duration.ofSeconds(1), 1024);

    /** RFC 7252 §4.8.2, table 3. */
    @Test
    void derivesTheTimesOfTheRfc() {
        assertThat(TransmissionParameters.maxTransmitSpan(TWO, 4)).hasSeconds(45);
        assertThat(DEFAULTS.maxTransmitWait()).hasSeconds(93);
        assertThat(TransmissionParameters.derivedExchangeLifetime(TWO, 4)).isEqualTo(LIFETIME);
    }

    @Test
    void californiumIsToldThem() {
        TransmissionParameters slow = new TransmissionParameters(
                Duration.ofSeconds(10), 3, 2, Duration.ofSeconds(400), Duration.ofSeconds(5), 256);
        Configuration options =
                CoapOptions.of(new CoapSettings(Map.of("slow", slow), 4096, 8192, Duration.ofSeconds(20)), slow);
        assertThat(options.get(CoapConfig.ACK_TIMEOUT, TimeUnit.SECONDS)).isEqualTo(10);
        assertThat(options.get(CoapConfig.MAX_ACK_TIMEOUT, TimeUnit.SECONDS)).isEqualTo(120);
        assertThat(options.get(CoapConfig.MAX_RETRANSMIT)).isEqualTo(3);
        assertThat(options.get(CoapConfig.EXCHANGE_LIFETIME, TimeUnit.SECONDS)).isEqualTo(400);
        assertThat(options.get(CoapConfig.PREFERRED_BLOCK_SIZE)).isEqualTo(256);
        assertThat(options.get(CoapConfig.MAX_MESSAGE_SIZE)).isEqualTo(256);
        assertThat(options.get(CoapConfig.MAX_RESOURCE_BODY_SIZE)).isEqualTo(4096);
        assertThat(options.get(CoapConfig.BLOCKWISE_STATUS_LIFETIME, TimeUnit.SECONDS))
                .isEqualTo(20);
        assertThat(options.get(CoapConfig.BLOCKWISE_STATUS_INTERVAL, TimeUnit.SECONDS))
                .isEqualTo(5);
    }

    @Test
    void refusesWhatWouldNotWork() {
        assertRefused(Duration.ofMillis(999), 4, LIFETIME, Duration.ZERO, 1024);
        assertRefused(TWO, 0, LIFETIME, Duration.ZERO, 1024);
        assertRefused(TWO, 4, Duration.ofSeconds(44), Duration.ZERO, 1024);
        assertRefused(TWO, 4, LIFETIME, TWO, 1024);
        assertRefused(TWO, 4, LIFETIME, Duration.ZERO, 1000);
        assertRefused(TWO, 4, LIFETIME, Duration.ZERO, 2048);
        assertRefused(TWO, 4, LIFETIME, Duration.ZERO, 8);
    }

    private static void assertRefused(
            Duration ackTimeout, int maxRetransmit, Duration lifetime, Duration window, int block) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransmissionParameters(ackTimeout, maxRetransmit, 1, lifetime, window, block));
    }
}
