package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeapUseTest {
    @Test
    void readsTheSumOfTheLastClassHistogram() throws Exception {
        assertThat(HeapUse.parse("""
                        4711:
                        Total         70000        5000000
                         num     #instances         #bytes  class name (module)
                        -------------------------------------------------------
                           1:          9204         743856  [B (java.base@17.0.15)
                           2:            64           1536  example.Total
                        Total         64531        4190408
                        """)).isEqualTo(4_190_408);
    }

    @Test
    void saysWhatItGotInstead() {
        assertThatThrownBy(() -> HeapUse.parse("4711:\nno such process\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such process");
    }

    @Test
    void findsWhatThisProcessHolds() throws Exception {
        byte[] held = new byte[8_000_000];
        assertThat(HeapUse.of(ProcessHandle.current().pid())).isGreaterThan(held.length);
    }
}
