package io.coapgate.simulator.cli;

import io.coapgate.crypto.jose.JwtPolicy;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.upstream.ResourceServer;
import io.coapgate.simulator.upstream.ResourceServerSettings;
import io.coapgate.simulator.upstream.ResourceServerSettings.TokenTrust;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code upstream}. */
@Command(
        name = "upstream",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Run an HTTP service that verifies the gateway's JWTs, until interrupted.")
final class UpstreamCommand implements Callable<Integer> {
    private static final Duration KEY_REFRESH = Duration.ofSeconds(10);

    private final PrintStream out;
    private final Clock clock;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9000",
            description = "Where to listen (default: ${DEFAULT-VALUE}).")
    private String listen = "";

    @Option(
            names = "--jwks",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080/.well-known/jwks.json",
            description = "Where the gateway publishes its keys (default: ${DEFAULT-VALUE}).")
    private URI jwks = URI.create("");

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            defaultValue = GatewaySetup.ISSUER,
            description = "The gateway's name, the iss claim (default: ${DEFAULT-VALUE}).")
    private String issuer = "";

    @Option(
            names = "--audience",
            paramLabel = "NAME",
            defaultValue = GatewaySetup.SERVICE,
            description = "This service's name, the aud claim (default: ${DEFAULT-VALUE}).")
    private String audience = "";

    @Option(
            names = "--scope",
            paramLabel = "METHOD=SCOPE",
            split = ",",
            description = "The scope that an HTTP method needs; methods that are not named are not allowed (default:"
                    + " GET=telemetry:read,POST=telemetry:write,PUT=telemetry:write,DELETE=telemetry:write).")
    private Map<String, String> scopes = Map.of(
            "GET", GatewaySetup.READ_SCOPE,
            "POST", GatewaySetup.WRITE_SCOPE,
            "PUT", GatewaySetup.WRITE_SCOPE,
            "DELETE", GatewaySetup.WRITE_SCOPE);

    @Option(
            names = "--leeway",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "How far clocks may differ (default: ${DEFAULT-VALUE}).")
    private Duration leeway = Duration.ofSeconds(5);

    @Option(
            names = "--status",
            defaultValue = "200",
            description =
                    "What accepted requests are answered: 200 with a verdict, or 204 (default: ${DEFAULT-VALUE}).")
    private int status;

    UpstreamCommand(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        InetSocketAddress address = HostPort.parse(listen);
        TokenTrust trust = new TokenTrust(() -> jwks, new JwtPolicy(issuer, audience, leeway), KEY_REFRESH);
        try (ResourceServer server =
                ResourceServer.start(new ResourceServerSettings(address, Optional.of(trust), scopes, status), clock)) {
            out.printf("listening at %s:%d for JWTs of %s%n", address.getHostString(), server.port(), issuer);
            new CountDownLatch(1).await();
            return ExitCode.OK;
        }
    }
}
