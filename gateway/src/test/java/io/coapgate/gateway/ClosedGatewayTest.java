package io.coapgate.gateway;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway leaves behind in a process that goes on. */
@Tag("own-jvm")
@Timeout(120)
class ClosedGatewayTest {
    private static final int NOBODY_THERE = 1;
    private static final int GATEWAYS = 3;

    /** One of each part that holds much. */
    private static final Set<String> PARTS = Set.of(
            "io.coapgate.gateway.Gateway",
            "io.coapgate.gateway.admin.Metrics",
            "io.coapgate.gateway.dtls.SessionConnector",
            "io.coapgate.gateway.upstream.EventLoops");

    private final Path directory;

    ClosedGatewayTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void leavesTheMemory() throws Exception {
        try (PskGateway open = open("first")) {
            assertThat(living()).as("one is open").containsOnlyKeys(PARTS).containsValue(1L);
            for (int i = 0; i < GATEWAYS; i++) {
                open("next" + i).close();
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(living().values()).containsOnly(1L));
            assertThat(open.address()).isNotNull(); // it lives until here
        }
    }

    private PskGateway open(String name) throws Exception {
        PskGateway gateway =
                new PskGateway(Files.createDirectory(directory.resolve(name)), NOBODY_THERE, PskGateway.PATIENT, "");
        try (RawCoapClient device = gateway.device("sensor-1")) {
            assertThat(device.exchange(RawMessage.con("0.01", 1, "open")).codeText())
                    .isEqualTo("5.02");
        }
        return gateway;
    }

    /** How many of each part garbage collection can't take. */
    private static Map<String, Long> living() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split(" +"))
                .filter(columns -> columns.length > 3 && PARTS.contains(columns[3]))
                .collect(toMap(columns -> columns[3], columns -> Long.parseLong(columns[1])));
    }
}
