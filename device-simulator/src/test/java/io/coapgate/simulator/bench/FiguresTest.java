package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void takesTheMedian() {
        assertThat(Figures.of(9, 1, 2).median()).isEqualTo(2);
        assertThat(Figures.of(4, 1).median()).isEqualTo(2.5);
        assertThat(Figures.of().median()).isNaN();
    }

    @Test
    void comparesWhatWasTakenTogether() {
        Figures ratio = Figures.of(20, 30, 80).dividedBy(Figures.of(10, 20, 20));
        assertThat(ratio.spread()).isEqualTo("2.00 (1.50 to 4.00)");
    }

    @Test
    void leavesOutWhatHasNoCounterpart() {
        assertThat(Figures.of(20, 30).dividedBy(Figures.of(10)).median()).isEqualTo(2);
    }
}
