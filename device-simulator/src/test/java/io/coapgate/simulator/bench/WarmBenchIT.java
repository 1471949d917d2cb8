package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.CommandLine;
import io.coapgate.simulator.cli.Main;
import io.coapgate.simulator.launch.JavaCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark runs; what it finds is for quiet machines. In a process of its own, since it pins itself to a core. */
class WarmBenchIT {
    @Test
    void measuresAllServers() throws Exception {
        String output = bench();
        assertThat(output)
                .containsPattern("local +[1-9].* 0\n")
                .containsPattern("floor +[1-9].* 0\n")
                .containsPattern("proxy2 +[1-9].* 0\n")
                .containsPattern("coapgate +[1-9].* 0\n")
                .containsPattern("coapgate / proxy2 +\\d");
    }

    @Test
    void offersRequestsAtARate() throws Exception {
        String output = bench("--servers", "local,coapgate", "--rate", "100");
        assertThat(output).contains("10 connections, 100 requests/s offered").containsPattern("coapgate / local +\\d");
    }

    private static String bench(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench", "warm", "--quick"));
        arguments.addAll(List.of(options));
        CommandLine.Result result = CommandLine.run(JavaCommand.plain().line(arguments.toArray(String[]::new)));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
