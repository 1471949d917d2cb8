package io.coapgate.gateway.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whose keys. */
final class KeysOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config/gateway.yaml",
            description = "the gateway.yaml; default: ${DEFAULT-VALUE}")
    private Path config = Path.of("config/gateway.yaml");

    Path config() {
        return config;
    }
}
