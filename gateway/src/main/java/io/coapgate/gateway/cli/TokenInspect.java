package io.coapgate.gateway.cli;

import io.coapgate.crypto.inspect.CwtInspection;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.config.GatewayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what stands in a token and all reasons to refuse it; exits 0, 1 if it would be refused, 65 if it is none. */
@Command(
        name = "inspect",
        description = {
            "Shows what stands in a CWT or JWT, and every reason for which it would be refused.",
            "What it shows is proof of nothing, unless the signature, or an encryption without one, is valid by --key.",
            "Exits 0, 1 if the token would be refused, 65 if it is no token."
        },
        mixinStandardHelpOptions = true)
final class TokenInspect implements Callable<Integer> {
    /** The issuer of a token that nobody has read yet. */
    private static final String ANYBODY = "";

    private final Map<String, String> environment;
    private final InputStream in;
    private final Clock clock;

    @Parameters(
            paramLabel = "TOKEN",
            description = "hex, base64 or base64url; a file (binary or text), also as @FILE; - for standard input")
    private String token = "-";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            converter = TokenKeyReader.class,
            description = {
                "verify or decrypt with this: PEM, COSE_Key, JWK, or hex:SECRET instead of a file;",
                "may be given several times"
            })
    private List<TokenKey> keys = List.of();

    @Option(names = "--audience", paramLabel = "NAME", description = "whom the token should be for")
    private @Nullable String audience;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "judge by the audience, issuers, routes and limits of this gateway.yaml")
    private @Nullable Path config;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TokenInspect(Map<String, String> environment, InputStream in, Clock clock) {
        this.environment = environment;
        this.in = in;
        this.clock = clock;
    }

    @Override
    public Integer call() throws ConfigException {
        CommandLine line = spec.commandLine();
        try {
            return report(report(TokenInput.read(token, in)));
        } catch (TokenInput.NotATokenException e) {
            line.getErr().println("not a token: " + e.getMessage());
            return ExitCode.DATA;
        } catch (IOException e) {
            throw new CommandLine.ParameterException(line, "the token's file can't be read");
        }
    }

    private Report report(TokenInput input) throws ConfigException, TokenInput.NotATokenException {
        TokenPolicy policy = new TokenPolicy(Optional.ofNullable(audience), keys, config(), clock.instant());
        if (input instanceof TokenInput.Compact compact) {
            return JwtReport.of(compact.jwt(), policy);
        }
        byte[] bytes = ((TokenInput.Binary) input).bytes();
        CwtInspection seen = CwtInspection.of(bytes, policy.decryptionKeys(ANYBODY), policy.now())
                .orElseThrow(() -> new TokenInput.NotATokenException(bytes.length
                        + " bytes that are no CWT: no tag 61, 18, 17 or 16, and no COSE message without one"));
        return CwtReport.of(bytes, seen, policy);
    }

    private int report(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            report.printJson(out);
        } else {
            report.print(out);
        }
        return report.refusals().isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private Optional<GatewayConfig> config() throws ConfigException {
        Path file = config;
        return file == null ? Optional.empty() : Optional.of(new ConfigLoader(environment).load(file));
    }
}
