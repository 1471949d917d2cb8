package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTableTest {
    @Test
    void sharesOutWhatCameWithTheSessions() {
        HeapSample bare = new HeapSample("local", 2_000, 4_000_000, 14_600_000, 8_200_000);
        HeapSample gateway = new HeapSample("coapgate", 2_000, 10_000_000, 22_000_000, 14_620_000);
        assertThat(new MemoryTable(List.of(bare), List.of(gateway)).toString())
                .containsPattern("local +2,000 +4\\.0 +8\\.2 +5,300 +2,100")
                .containsPattern("coapgate +2,000 +10\\.0 +14\\.6 +6,000 +2,310")
                .containsPattern("2,000 sessions +1\\.13 +1\\.10");
    }

    @Test
    void everyDeviceHasAnAddressOfItsOwnOnLoopback() throws Exception {
        Set<String> addresses = new HashSet<>();
        for (int device = 0; device < 60_020; device++) {
            addresses.add(IdleSessions.address(device).getHostAddress());
        }
        assertThat(addresses).hasSize(60_020).contains("127.1.1.0").allMatch(address -> address.startsWith("127.1."));
    }

    @Test
    void numbersOfSessionsAscendAndHaveABound() {
        Duration settling = Duration.ofSeconds(1);
        for (List<Integer> wrong : List.of(List.<Integer>of(), List.of(0), List.of(2, 1), List.of(60_001))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new MemoryPlan(wrong, settling));
        }
    }
}
