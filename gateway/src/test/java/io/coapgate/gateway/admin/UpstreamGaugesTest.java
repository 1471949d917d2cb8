package io.coapgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamStatistics;
import io.coapgate.gateway.upstream.UpstreamStatistics.BreakerState;
import io.coapgate.gateway.upstream.UpstreamStatistics.Responses;
import io.coapgate.gateway.upstream.UpstreamStatistics.TargetState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamGaugesTest {
    private final Metrics metrics = new Metrics();

    private String scrape() throws IOException {
        return new String(metrics.scrape("").body(), UTF_8);
    }

    @Test
    void showWhatUpstreamsTellOfThemselves() throws IOException {
        UpstreamStatistics backend = new UpstreamStatistics(
                3,
                Map.of("a.example:443", TargetState.HEALTHY, "b.example:443", TargetState.EJECTED),
                2,
                7,
                BreakerState.HALF_OPEN,
                new Responses(List.of(1L, 0L, 2L, 0L, 0L, 0L, 1L), 12_500_000_000L));
        UpstreamGauges.show(metrics, () -> Map.of(new UpstreamName("backend"), backend));

        assertThat(scrape())
                .contains(
                        "coapgate_upstream_requests_in_flight{upstream=\"backend\"} 3.0\n",
                        "coapgate_upstream_target_state{state=\"healthy\",target=\"a.example:443\",upstream=\"backend\"} 1.0\n",
                        "coapgate_upstream_target_state{state=\"ejected\",target=\"a.example:443\",upstream=\"backend\"} 0.0\n",
                        "coapgate_upstream_target_state{state=\"ejected\",target=\"b.example:443\",upstream=\"backend\"} 1.0\n",
                        "coapgate_upstream_breaker_state{state=\"half_open\",upstream=\"backend\"} 1.0\n",
                        "coapgate_upstream_breaker_state{state=\"open\",upstream=\"backend\"} 0.0\n",
                        "coapgate_upstream_ejections_total{upstream=\"backend\"} 2.0\n",
                        "coapgate_upstream_retries_total{upstream=\"backend\"} 7.0\n",
                        "coapgate_upstream_response_seconds_bucket{upstream=\"backend\",le=\"0.005\"} 1\n",
                        "coapgate_upstream_response_seconds_bucket{upstream=\"backend\",le=\"0.1\"} 3\n",
                        "coapgate_upstream_response_seconds_bucket{upstream=\"backend\",le=\"+Inf\"} 4\n",
                        "coapgate_upstream_response_seconds_sum{upstream=\"backend\"} 12.5\n");
    }
}
