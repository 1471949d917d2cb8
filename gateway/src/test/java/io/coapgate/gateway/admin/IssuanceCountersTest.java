package io.coapgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.issuing.IssuedToken;
import io.coapgate.gateway.token.Cwts;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IssuanceCountersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Metrics metrics = new Metrics();
    private final IssuanceCounters counters = new IssuanceCounters(metrics);

    private String scrape() throws IOException {
        return new String(metrics.scrape("").body(), UTF_8);
    }

    private static IssuedToken token(String audience, int responseBytes) {
        return new IssuedToken(
                TokenHash.of(new byte[] {1}),
                Cwts.id(1),
                new DeviceId("canary-7"),
                audience,
                AceScope.of("open"),
                Confirmation.of(KeyId.ofUtf8("k1")),
                NOW,
                NOW.plusSeconds(60),
                responseBytes);
    }

    /** RFC 7252 §4.6: 1024 bytes of payload leave room for the headers. */
    @Test
    void countsTokensAndThoseThatNoDatagramHoldsByAudience() throws IOException {
        counters.issued(token("valve7", 1024));
        assertThat(scrape()).doesNotContain("coapgate_tokens_oversized_total{");
        counters.issued(token("valve7", 1025));
        counters.issued(token("lamp", 80));
        assertThat(scrape())
                .contains("coapgate_tokens_issued_total{audience=\"valve7\"} 2.0\n")
                .contains("coapgate_tokens_issued_total{audience=\"lamp\"} 1.0\n")
                .contains("coapgate_tokens_oversized_total{audience=\"valve7\"} 1.0\n")
                .doesNotContain("canary-7", "coapgate_tokens_oversized_total{audience=\"lamp\"}");
    }
}
