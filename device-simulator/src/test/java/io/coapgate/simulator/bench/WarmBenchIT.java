package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.CommandLine;
import io.coapgate.simulator.cli.Main;
import io.coapgate.simulator.launch.JavaCommand;
import org.junit.jupiter.api.Test;

/** The benchmark runs; what it finds is for quiet machines. In a process of its own, since it pins itself to a core. */
class WarmBenchIT {
    @Test
    void measuresBothServers() throws Exception {
        CommandLine.Result result = CommandLine.run(JavaCommand.plain()
                .line("-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench", "warm", "--quick"));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .containsPattern("bare Californium +[1-9]")
                .containsPattern("coapgate +[1-9]")
                .containsPattern("coapgate / bare +\\d");
    }
}
