package io.coapgate.gateway.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UploadQuotaTest {
    @Test
    void aSourceHasItsShareAndGetsItBackWithTime() {
        UploadQuota quota = new UploadQuota(1_000, 3, 0);

        assertThat(IntStream.range(0, 5).filter(i -> quota.take("a", 0))).hasSize(3);
        assertThat(quota.take("b", 0)).isTrue();
        assertThat(quota.take("a", Duration.ofSeconds(19).toNanos())).isFalse();
        assertThat(quota.take("a", Duration.ofSeconds(21).toNanos())).isTrue();
    }

    @Test
    void allSourcesTogetherHaveABound() {
        UploadQuota quota = new UploadQuota(10, 3, 0);

        assertThat(IntStream.range(0, 50).filter(i -> quota.take("source " + i, 0)))
                .hasSize(10);
    }

    @Test
    void aSourceOverItsShareTakesNothingFromOthers() {
        UploadQuota quota = new UploadQuota(10, 3, 0);
        IntStream.range(0, 1_000).forEach(i -> quota.take("noisy", 0));

        assertThat(IntStream.range(0, 50).filter(i -> quota.take("source " + i, 0)))
                .hasSize(7);
    }

    @Test
    void onlySoManySourcesAreRemembered() {
        UploadQuota quota = new UploadQuota(10, 3, 0);
        IntStream.range(0, UploadQuota.MAX_SOURCES + 500).forEach(i -> quota.take("source " + i, 0));

        assertThat(quota.sources()).isEqualTo(UploadQuota.MAX_SOURCES);
    }
}
