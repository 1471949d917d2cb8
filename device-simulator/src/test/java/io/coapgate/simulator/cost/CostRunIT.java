package io.coapgate.simulator.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every credential with every way to a token, at a gateway of its own. */
class CostRunIT {
    @Test
    void measuresEveryWayWithEveryKey() throws Exception {
        List<String> told = new ArrayList<>();
        List<CostRow> rows = new CostRun(Clock.systemUTC(), new SecureRandom())
                .measure(EnumSet.allOf(KeyKind.class), EnumSet.allOf(TokenWay.class), told::add);
        assertThat(rows).hasSize(5 * 4 + 2).hasSameSizeAs(told);
        assertThat(rows).allSatisfy(row -> {
            // At least: a cookie exchange, a handshake of two round trips, and the request.
            assertThat(row.cold().datagrams()).isGreaterThanOrEqualTo(8);
            assertThat(row.warm().datagrams()).isGreaterThanOrEqualTo(2);
            assertThat(row.warm().bytes()).isLessThan(row.resumed().bytes());
            assertThat(row.resumed().datagrams()).isLessThan(row.cold().datagrams());
            assertThat(row.tokenBytes() == 0).isEqualTo(row.way() == TokenWay.SESSION);
            assertThat(row.largestDatagram()).isGreaterThanOrEqualTo(row.tokenBytes());
        });
    }
}
