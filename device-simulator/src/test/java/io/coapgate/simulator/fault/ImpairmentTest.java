package io.coapgate.simulator.fault;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpairmentTest {

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesSharesThatAreNone(double share) {
        assertThatIllegalArgumentException().isThrownBy(() -> Impairment.NONE.withLoss(share));
        assertThatIllegalArgumentException().isThrownBy(() -> Impairment.NONE.withDuplication(share));
        assertThatIllegalArgumentException().isThrownBy(() -> Impairment.NONE.withReordering(share));
    }

    @Test
    void refusesTimesAndRatesThatAreNone() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Impairment.NONE.withDelay(second.negated(), Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Impairment.NONE.withDelay(second, Duration.ofMinutes(6)));
        assertThatIllegalArgumentException().isThrownBy(() -> Impairment.NONE.withBytesPerSecond(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Impairments.NONE.withMappingTimeout(Duration.ZERO));
    }
}
