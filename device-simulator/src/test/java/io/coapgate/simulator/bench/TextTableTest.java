package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void alignsNumbersToTheRight() {
        assertThat(new TextTable("", "requests/s").row("coapgate", "9").row("x", "1,000"))
                .hasToString("""
                                  requests/s
                        coapgate           9
                        x              1,000""");
    }

    @Test
    void hasNoRaggedRows() {
        TextTable table = new TextTable("", "a");
        assertThatIllegalArgumentException().isThrownBy(() -> table.row("x", "1", "2"));
    }
}
