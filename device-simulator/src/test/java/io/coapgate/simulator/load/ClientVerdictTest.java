package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.Results.Client;
import io.coapgate.simulator.run.Second;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ClientVerdictTest {
    private static final Quantiles PUNCTUAL = new Quantiles(10, 20, 500, 900, 40_000);

    @Test
    void punctualAndNotBusyIsNoBottleneck() {
        assertThat(ClientVerdict.of(seconds(1.2), 2, PUNCTUAL)).isEqualTo(new Client(false, "", PUNCTUAL));
    }

    @Test
    void lateScheduleIsOne() {
        Client client = ClientVerdict.of(seconds(0.2), 2, new Quantiles(10, 20, 21_000, 30_000, 40_000));
        assertThat(client.bottleneck()).isTrue();
        assertThat(client.why()).contains("21.0 ms");
    }

    @Test
    void busyProcessorsAreOne() {
        Client client = ClientVerdict.of(seconds(1.9), 2, PUNCTUAL);
        assertThat(client.bottleneck()).isTrue();
        assertThat(client.why()).contains("1.9 of 2 processor cores");
    }

    private static List<Second> seconds(double cores) {
        return List.of(second(0, 0), second(1, cores), second(2, cores));
    }

    /** Nothing is sent without processor time. */
    private static Second second(int t, double cores) {
        return new Second(
                t,
                new Second.Requests(1, cores > 0 ? 1 : 0, 1, Map.of()),
                new Second.Devices(1, 0, 0),
                PUNCTUAL,
                new Second.Traffic(0, 0, 0, 0),
                new Second.Processors(cores, OptionalDouble.empty()));
    }
}
