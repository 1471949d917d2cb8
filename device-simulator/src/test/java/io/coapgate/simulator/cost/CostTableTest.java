package io.coapgate.simulator.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostTableTest {
    private static final CostRow PSK = new CostRow(
            KeyKind.PSK,
            TokenWay.SESSION,
            0,
            new Cost(5, 400, 4, 300),
            new Cost(3, 250, 2, 150),
            new Cost(1, 70, 1, 40),
            200);
    private static final CostRow RPK = new CostRow(
            KeyKind.RPK,
            TokenWay.AUTHZ_INFO,
            210,
            new Cost(6, 1_400, 5, 700),
            new Cost(3, 250, 2, 150),
            new Cost(1, 70, 1, 40),
            1_233);

    @Test
    void isATableForMarkdownAndForTheEye() {
        List<String> lines =
                new CostTable(List.of(PSK, RPK), 1232).text().lines().toList();
        assertThat(lines)
                .hasSize(4)
                .allMatch(line -> line.length() == lines.get(0).length());
        assertThat(lines.get(1)).matches("(\\| -+:? )+\\|");
        assertThat(lines.get(2))
                .matches(
                        "\\| PSK, CCM_8 +\\| session +\\| +– \\| +700 B in 9 \\| +400 B in 5 \\| +110 B in 2 \\| +200 B \\|");
        assertThat(lines.get(3)).contains("| 210 B | 2,100 B in 11 |");
    }

    @Test
    void warnsOfWhatOneDatagramDoesNotHold() {
        assertThat(new CostTable(List.of(PSK, RPK), 1232).warnings())
                .singleElement()
                .asString()
                .startsWith("RPK, P-256, CWT of an AS: a handshake or token message needs a datagram of 1,233 bytes");
        assertThat(new CostTable(List.of(PSK, RPK), 1233).warnings()).isEmpty();
    }

    @Test
    void partsOfTheWayAddUp() {
        Cost later = new Cost(9, 900, 8, 700);
        assertThat(later.minus(new Cost(5, 500, 4, 300))).isEqualTo(new Cost(4, 400, 4, 400));
        assertThat(new Cost(4, 400, 4, 200).per(4)).isEqualTo(new Cost(1, 100, 1, 50));
        assertThat(new Cost(4, 400, 3, 200).datagrams()).isEqualTo(7);
        assertThat(new Cost(4, 400, 3, 200).bytes()).isEqualTo(600);
    }
}
