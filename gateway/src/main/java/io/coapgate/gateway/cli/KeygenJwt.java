package io.coapgate.gateway.cli;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key that signs JWTs. */
@Command(name = "jwt", description = "Makes a key that signs JWTs.", mixinStandardHelpOptions = true)
final class KeygenJwt implements Callable<Integer> {
    private final SecureRandom random;

    @Option(
            names = "--algorithm",
            paramLabel = "ALG",
            defaultValue = "ES256",
            description = "ES256, EdDSA or RS256; default: ${DEFAULT-VALUE}")
    private String algorithm = "ES256";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where to put the PEM file")
    private Path out = Path.of("jwt.pem");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeygenJwt(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Integer call() throws IOException {
        JwtAlgorithm chosen = JwtAlgorithm.ofJwsName(algorithm)
                .orElseThrow(() ->
                        new CommandLine.ParameterException(spec.commandLine(), "--algorithm is ES256, EdDSA or RS256"));
        JwtSigningKey key = JwtSigningKey.generate(chosen, random);
        KeyFiles.write(Map.of(out, key.toPem()));
        PrintWriter printer = spec.commandLine().getOut();
        printer.println("# wrote " + out + ", kid " + key.keyId());
        printer.println("# for gateway.yaml:");
        printer.println("jwt:");
        printer.println("  algorithm: " + chosen.jwsName());
        printer.println(
                "  private-key: " + RegistryEntry.quoted(out.toAbsolutePath().toString()));
        return ExitCode.OK;
    }
}
