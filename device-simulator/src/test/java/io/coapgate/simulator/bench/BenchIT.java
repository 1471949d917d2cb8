package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.CommandLine;
import io.coapgate.simulator.cli.Main;
import io.coapgate.simulator.launch.JavaCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmarks run; what they find is for quiet machines. In processes of their own, since they pin themselves to a core. */
class BenchIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    /** Of all virtual machines here and below: they live so briefly that the better compiler would only be in the way. */
    private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    @Test
    void warmMeasuresAllServers() throws Exception {
        assertThat(bench("warm", "--rate", "200"))
                .contains("10 connections, 200 requests/s offered")
                .containsPattern("local +[1-9].* 0\n")
                .containsPattern("floor +[1-9].* 0\n")
                .containsPattern("proxy2 +[1-9].* 0\n")
                .containsPattern("coapgate +[1-9].* 0\n")
                .containsPattern("coapgate / proxy2 +\\d");
    }

    @Test
    void stormConnectsBesideBareServersWithBothKindsOfCryptography() throws Exception {
        assertThat(bench("storm", "--handshakes", "RPK"))
                .contains("\nRPK P-256\n")
                .containsPattern("coapgate +[1-9].* 0\n")
                .containsPattern("coapgate / bare +\\d")
                .containsPattern("coapgate / bare, JDK's provider +\\d");
    }

    /** So few of them that what the servers load and let go meanwhile may outweigh them. */
    @Test
    void memoryCountsWhatSessionsHold() throws Exception {
        assertThat(bench("memory")).containsPattern("local +20 ").containsPattern("20 sessions +-?\\d");
    }

    @Test
    void startsWithAndWithoutAnArchive() throws Exception {
        assertThat(bench("start")).containsPattern("plain +[1-9]").containsPattern("(AOT cache|CDS archive) +[1-9]");
    }

    private static String bench(String benchmark, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench", benchmark));
        arguments.add("--quick");
        arguments.addAll(List.of(options));
        JavaCommand java = new JavaCommand(List.of("env", JVM_OPTIONS), List.of());
        CommandLine.Result result = CommandLine.run(java.line(arguments.toArray(String[]::new)), TIMEOUT);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
