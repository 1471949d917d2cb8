package io.coapgate.gateway.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoapSettingsTest {
    private static final int MIB = 1 << 20;

    private static int transfers(int maxBody, int maxResponse, int listeners, int heapMib) {
        TransmissionParameters parameters =
                new TransmissionParameters(Duration.ofSeconds(2), 4, 1, Duration.ofSeconds(247), Duration.ZERO, 1024);
        Map<String, TransmissionParameters> byListener = IntStream.range(0, listeners)
                .boxed()
                .collect(Collectors.toMap(String::valueOf, listener -> parameters));
        return new CoapSettings(byListener, maxBody, maxResponse, Duration.ofMinutes(5))
                .maxTransfers((long) heapMib * MIB);
    }

    @ParameterizedTest
    @CsvSource({"65536, 65536, 1", "65536, 1048576, 1", "65536, 65536, 3", "8192, 524288, 2"})
    void bodiesBothWaysAndOfAllListenersFitIntoAnEighthOfTheHeap(int maxBody, int maxResponse, int listeners) {
        long transfers = transfers(maxBody, maxResponse, listeners, 2048);
        long bytes = transfers * listeners * (maxBody + maxResponse);
        assertThat(bytes).isLessThanOrEqualTo(256L * MIB).isGreaterThan(200L * MIB);
    }

    @Test
    void someTransfersAreAlwaysPossibleAndNeverTooManyToCount() {
        assertThat(transfers(MIB, MIB, 4, 64)).isEqualTo(64);
        assertThat(transfers(0, 0, 1, 2048)).isEqualTo(100_000);
    }
}
