package io.coapgate.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final NamedRun before = new NamedRun("before.json", SampleRun.passed());
    private final NamedRun after = new NamedRun("after.json", SampleRun.failed("5.03"));

    @Test
    void tellsWhatBecameWorse() {
        assertThat(new Comparison(before, after).rows())
                .contains(List.of("requests answered", "6,000", "6,000", "=", ""))
                .contains(List.of("requests failed", "0", "20", "from 0", "worse"))
                .contains(List.of("CPU of the gateway", "0.10 cores", "0.20 cores", "+100.0 %", "worse"))
                .contains(List.of("verdict", "passed", "failed", "", ""));
    }

    @Test
    void tellsWhatBecameBetter() {
        assertThat(new Comparison(after, before).rows())
                .contains(List.of("CPU of the gateway", "0.20 cores", "0.10 cores", "-50.0 %", "better"));
    }

    @Test
    void calls5PercentNoise() {
        assertThat(new Comparison(before, before).rows())
                .allSatisfy(row -> assertThat(row.get(4)).isEmpty());
    }

    @Test
    void knowsNothingOfWhatARunDoesNotTell() {
        Comparison comparison = new Comparison(before, new NamedRun("empty.json", SampleRun.empty()));
        assertThat(comparison.rows()).contains(List.of("latency p50", "1.30 ms", "–", "", ""));
    }

    @Test
    void standsInColumns() {
        List<String> lines = new Comparison(before, after).text().lines().toList();
        assertThat(lines.get(0)).startsWith("figure ").contains("before.json", "after.json", "change");
        int end = lines.get(0).indexOf("before.json") + "before.json".length();
        assertThat(lines.subList(1, lines.size()))
                .allSatisfy(line -> assertThat(line.charAt(end - 1)).isNotEqualTo(' '))
                .allSatisfy(line -> assertThat(line).doesNotEndWith(" "));
        assertThat(Comparison.figures(before)).contains("before.json", "latency p99", "passed");
    }
}
