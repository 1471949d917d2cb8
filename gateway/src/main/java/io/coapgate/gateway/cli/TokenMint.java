package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import java.io.IOException;
import java.io.OutputStream;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a token to try things with; whether it is a sensible one is up to the caller. */
@Command(
        name = "mint",
        description = {
            "Makes a CWT, or with --jwt a JWT access token, FOR TESTS ONLY.",
            "It issues whatever it is told to, expired or without any limit: use an authorization server for real tokens."
        },
        mixinStandardHelpOptions = true)
final class TokenMint implements Callable<Integer> {
    private static final byte[] CWT_TAG = {(byte) 0xd8, 61};

    private final Clock clock;
    private final SecureRandom random;
    private final OutputStream binary;

    @Mixin
    private ProtectionOptions protection = new ProtectionOptions();

    @Mixin
    private MintOptions claims = new MintOptions();

    @Option(
            names = "--out",
            paramLabel = "FORM",
            defaultValue = "hex",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private TokenFormat format = TokenFormat.hex;

    @Option(names = "--tag61", description = "put the CWT tag in front")
    private boolean tag61;

    @Option(names = "--jwt", description = "make an at+jwt instead; its kid is the key's thumbprint")
    private boolean jwt;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TokenMint(Clock clock, SecureRandom random, OutputStream binary) {
        this.binary = binary;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws IOException {
        try {
            if (jwt) {
                spec.commandLine().getOut().println(jwt());
            } else {
                format.write(cwt(), spec.commandLine().getOut(), binary);
            }
            return ExitCode.OK;
        } catch (CoseException | KeyFormatException | IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private byte[] cwt() throws CoseException {
        byte[] token = protection.issuer(claims.issuer(), random).issue(claims.cwt(clock.instant(), random));
        return tag61 ? concat(CWT_TAG, token) : token;
    }

    private String jwt() throws KeyFormatException {
        if (tag61 || format != TokenFormat.hex || protection.needsCwt() || claims.needsCwt()) {
            throw usage("--kid, --encrypt-…, --tag61, --out, --exi and --cnf-… don't go with --jwt");
        }
        PrivateKey signing = protection.key().privateKey().orElseThrow(() -> usage("--key: --jwt needs a private key"));
        JwtSigningKey signer = JwtSigningKey.fromPem(Pem.encode(signing));
        String name = signer.algorithm().jwsName();
        if (protection
                .algorithm()
                .filter(wanted -> !name.equalsIgnoreCase(wanted))
                .isPresent()) {
            throw usage("--alg: the key is for " + name);
        }
        return signer.sign(claims.jwt(clock.instant(), random));
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
