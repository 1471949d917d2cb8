package io.coapgate.gateway.conformance;

import static io.coapgate.gateway.RawMessage.ETAG;
import static io.coapgate.gateway.RawMessage.MAX_AGE;
import static io.coapgate.gateway.RawMessage.con;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.PskGateway;
import io.coapgate.gateway.RawCoapClient;
import io.coapgate.gateway.RawMessage;
import io.coapgate.gateway.token.MutableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ETSI tests of a proxy that keeps answers. The service's is fresh for 30 s. */
@Timeout(60)
class CacheConformanceTest {
    private final MutableClock clock = new MutableClock(Clock.systemUTC().instant());

    @Test
    @Etsi("TD_COAP_CORE_29")
    void anAnswerIsGivenAgainWhileItIsFresh(@TempDir Path directory) throws Exception {
        try (EtsiService service = new EtsiService();
                PskGateway gateway =
                        new PskGateway(directory, service.port(), PskGateway.PATIENT, "cache: private", clock);
                RawCoapClient device = gateway.device("sensor-1")) {
            RawMessage first = device.exchange(con("0.01", 1, "validate"));
            assertThat(first.codeText()).isEqualTo("2.05");
            assertThat(first.uint(MAX_AGE)).isBetween(28, 30);
            clock.advance(Duration.ofSeconds(10));
            RawMessage second = device.exchange(con("0.01", 2, "validate"));
            assertThat(second.codeText()).isEqualTo("2.05");
            assertThat(second.payload()).isEqualTo(first.payload());
            assertThat(second.option(ETAG).orElseThrow())
                    .isEqualTo(first.option(ETAG).orElseThrow());
            assertThat(second.uint(MAX_AGE)).isEqualTo(first.uint(MAX_AGE) - 10);
            assertThat(service.called()).containsExactly("GET /validate");
            clock.advance(Duration.ofSeconds(21));
            device.exchange(con("0.01", 3, "validate"));
            assertThat(service.called()).hasSize(2);
        }
    }
}
