package io.coapgate.gateway.cli;

import io.coapgate.gateway.GatewayAddresses;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.config.GatewayConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a gateway until SIGTERM or SIGINT, then lets it finish what is under way, and exits 0. */
@Command(
        name = "run",
        description = "Runs the gateway until SIGTERM or SIGINT, then drains it; a second signal stops it at once.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Launcher launcher;
    private final Termination termination;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config/gateway.yaml",
            description = "the gateway.yaml; default: ${DEFAULT-VALUE}")
    private Path config = Path.of("config/gateway.yaml");

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "write the addresses that are listened on here, as JSON, once the gateway is ready")
    private @Nullable Path readyFile;

    RunCommand(Map<String, String> environment, Launcher launcher, Termination termination) {
        this.environment = environment;
        this.launcher = launcher;
        this.termination = termination;
    }

    @Override
    public Integer call() throws Exception {
        GatewayConfig loaded = new ConfigLoader(environment).load(config);
        Optional<ReadyFile> ready = Optional.ofNullable(readyFile).map(ReadyFile::new);
        termination.listen();
        try (Running gateway = launcher.launch(loaded, environment)) {
            if (ready.isPresent()) {
                ready.get().write(gateway.addresses());
            }
            termination.await();
            ready.ifPresent(ReadyFile::delete);
            gateway.drain(loaded.drain());
        }
        return ExitCode.OK;
    }

    /** Starts gateways. */
    @FunctionalInterface
    interface Launcher {
        Running launch(GatewayConfig config, Map<String, String> environment) throws Exception;
    }

    /** A gateway that listens. */
    interface Running extends AutoCloseable {
        /** What it listens on. */
        GatewayAddresses addresses();

        /** Refuses new requests, and returns when those under way are finished or the time is over. */
        void drain(Duration atMost) throws InterruptedException;

        /** Stops at once. */
        @Override
        void close();
    }
}
