package io.coapgate.gateway.cli;

import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.config.DevicesFile;
import io.coapgate.gateway.config.DevicesReading;
import io.coapgate.gateway.config.GatewayConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads the configuration and the registry as {@code run} would, and changes nothing. */
@Command(
        name = "check-config",
        description =
                "Checks a configuration and its registry, and says what is wrong with them; exits 78 if anything is, not for a"
                        + " warning.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "config/gateway.yaml",
            description = "the gateway.yaml; default: ${DEFAULT-VALUE}")
    private Path file = Path.of("config/gateway.yaml");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CheckConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws ConfigException {
        GatewayConfig config = new ConfigLoader(environment).load(file);
        DevicesReading registry = DevicesFile.of(config, environment).read();
        registry.warnings().forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: ok: %s, %s, %s%n",
                file,
                count(config.listeners().size(), "listener"),
                count(config.upstreams().size(), "upstream"),
                count(config.routes().size(), "route"));
        out.printf(
                "%s: ok: %s%n", config.devicesFile(), count(registry.devices().size(), "device"));
        return ExitCode.OK;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
