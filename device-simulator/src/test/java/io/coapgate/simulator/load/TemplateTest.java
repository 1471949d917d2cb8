package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

    @Test
    void fillsPlacesIn() {
        assertThat(fill("/t/{device}/{n}?at={time}")).isEqualTo("/t/sim$1/7?at=1800000000");
        assertThat(Integer.parseInt(fill("{random}"))).isNotNegative();
    }

    @Test
    void bracesOfJsonStayAsTheyAre() {
        assertThat(fill("{\"a\":{\"n\":{n}},\"b\":{}}")).isEqualTo("{\"a\":{\"n\":7},\"b\":{}}");
    }

    @Test
    void saysWhichPlacesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Template("/t/{devise}"))
                .withMessageContaining("{devise}")
                .withMessageContaining("{device}, {n}, {random} or {time}");
    }

    private static String fill(String text) {
        return new Template(text).fill("sim$1", 7, CLOCK, new SplittableRandom(1));
    }
}
