package io.coapgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.exchange.CacheUse;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsListenerTest {
    private static final Device DEVICE = Devices.device("canary-7", "read", Devices.psk("canary-psk", Validity.ALWAYS));
    private static final DeviceRequest REQUEST = new DeviceRequest(
            new ExchangeId(1, 2),
            Devices.authenticated(DEVICE, Clock.systemUTC()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5684),
            CoapMethod.GET,
            RequestOptions.of(List.of("canary-path"), List.of()),
            new byte[0]);

    private static final UpstreamName BACKEND = new UpstreamName("backend");

    private final Metrics metrics = new Metrics();
    private final MetricsListener listener = new MetricsListener(metrics, Set.of(BACKEND));

    private String scrape() throws IOException {
        return new String(metrics.scrape("").body(), UTF_8);
    }

    @Test
    void countsAnswersByCodeAndTime() throws IOException {
        listener.answered(REQUEST, DeviceResponse.of(CoapCode.CONTENT), Duration.ofMillis(3));
        listener.answered(REQUEST, DeviceResponse.of(CoapCode.CONTENT), Duration.ofMillis(30));

        assertThat(scrape())
                .contains("coapgate_requests_total{code=\"2.05\"} 2.0\n")
                .contains("coapgate_requests_total{code=\"4.01\"} 0.0\n")
                .contains("coapgate_request_duration_seconds_bucket{le=\"0.005\"} 1\n")
                .contains("coapgate_request_duration_seconds_count 2\n");
    }

    @Test
    void countsRefusalsByReason() throws IOException {
        listener.answered(
                REQUEST,
                DeviceResponse.refused(CoapCode.GATEWAY_TIMEOUT, Refusal.UPSTREAM_TIMEOUT),
                Duration.ofSeconds(5));

        assertThat(scrape())
                .contains("coapgate_refusals_total{reason=\"upstream_timeout\"} 1.0\n")
                .contains("coapgate_requests_total{code=\"5.04\"} 1.0\n");
    }

    @Test
    void countsTokensAndHandshakes() throws IOException {
        listener.tokenAccepted(DEVICE.id(), "https://as.example");
        listener.tokenRefused(DEVICE.id(), Refusal.TOKEN_BINDING);
        listener.connected(DEVICE.id());
        listener.handshakeRefused("canary-peer", Refusal.CREDENTIAL_UNKNOWN);

        assertThat(scrape())
                .contains("coapgate_tokens_accepted_total 1.0\n")
                .contains("coapgate_tokens_refused_total{reason=\"token_binding\"} 1.0\n")
                .contains("coapgate_handshakes_total{result=\"accepted\"} 1.0\n")
                .contains("coapgate_handshakes_total{result=\"refused\"} 1.0\n")
                .contains("coapgate_handshakes_refused_total{reason=\"credential_unknown\"} 1.0\n");
    }

    @Test
    void countsAnswersAndFailuresByUpstream() throws IOException {
        listener.upstreamAnswered(BACKEND, 204);
        listener.upstreamAnswered(BACKEND, 503);
        listener.upstreamFailed(REQUEST, BACKEND, Refusal.UPSTREAM_UNREACHABLE, "canary-cause");
        listener.upstreamAnswered(new UpstreamName("canary"), 200);
        listener.upstreamFailed(REQUEST, new UpstreamName("canary"), Refusal.UPSTREAM_TIMEOUT, "canary-cause");

        assertThat(scrape())
                .contains("coapgate_upstream_responses_total{status=\"2xx\",upstream=\"backend\"} 1.0\n")
                .contains("coapgate_upstream_responses_total{status=\"4xx\",upstream=\"backend\"} 0.0\n")
                .contains("coapgate_upstream_responses_total{status=\"5xx\",upstream=\"backend\"} 1.0\n")
                .contains(
                        "coapgate_upstream_failures_total{reason=\"upstream_unreachable\",upstream=\"backend\"} 1.0\n")
                .contains("coapgate_upstream_failures_total{reason=\"upstream_timeout\",upstream=\"backend\"} 0.0\n")
                .doesNotContain("canary");
    }

    @Test
    void countsWhatTheCacheWasGoodFor() throws IOException {
        listener.cacheUsed(BACKEND, CacheUse.HIT);
        listener.cacheUsed(BACKEND, CacheUse.HIT);
        assertThat(scrape())
                .contains("coapgate_cache_lookups_total{result=\"hit\"} 2.0\n")
                .contains("coapgate_cache_lookups_total{result=\"revalidated\"} 0.0\n");
    }

    @Test
    void takesEveryReasonEverywhere() throws IOException {
        for (Refusal reason : Refusal.values()) {
            listener.answered(REQUEST, DeviceResponse.refused(CoapCode.FORBIDDEN, reason), Duration.ZERO);
            listener.tokenRefused(DEVICE.id(), reason);
            listener.upstreamFailed(REQUEST, BACKEND, reason, "");
            listener.handshakeRefused("x", reason);
        }

        assertThat(scrape()).contains("coapgate_handshakes_refused_total{reason=\"internal_error\"} 1.0\n");
    }

    @Test
    void namesNoDeviceNoPathAndNoPeer() throws IOException {
        listener.answered(REQUEST, DeviceResponse.of(CoapCode.CONTENT), Duration.ofMillis(3));
        listener.connected(DEVICE.id());
        listener.handshakeRefused("canary-peer", Refusal.CREDENTIAL_UNKNOWN);

        assertThat(scrape()).doesNotContain("canary");
    }
}
