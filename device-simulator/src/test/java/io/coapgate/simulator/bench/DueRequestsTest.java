package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;

class DueRequestsTest {
    private final Recorder latencies = new Recorder(3);
    private final DueRequests requests = new DueRequests(latencies);

    @Test
    void sendsOneAtATime() {
        assertThat(requests.add(0)).isTrue();
        assertThat(requests.add(100)).isFalse();
        assertThat(requests.answered(500)).as("another is due").isTrue();
        assertThat(requests.answered(600)).isFalse();
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void countsFromWhenARequestWasDueAndNotFromWhenItWasSent() {
        requests.add(0);
        requests.add(100);
        requests.answered(500);
        requests.answered(600);
        Histogram recorded = latencies.getIntervalHistogram();
        assertThat(recorded.getTotalCount()).isEqualTo(2);
        assertThat(recorded.getValueAtPercentile(100)).isEqualTo(500);
        assertThat(recorded.getMinValue()).isEqualTo(500);
    }

    @Test
    void anAnswerToWhatWasForgottenCountsForNothing() {
        requests.add(0);
        requests.clear();
        assertThat(requests.answered(500)).isFalse();
        assertThat(latencies.getIntervalHistogram().getTotalCount()).isZero();
    }
}
