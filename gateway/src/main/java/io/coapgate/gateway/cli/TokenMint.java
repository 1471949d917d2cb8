package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.inspect.CoseNames;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Pem;
import java.io.IOException;
import java.io.OutputStream;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            converter = TokenKeyReader.class,
            description = "sign or MAC with this: private PEM, COSE_Key, JWK, or hex:SECRET instead of a file")
    private @Nullable TokenKey key;

    @Option(names = "--alg", paramLabel = "ALG", description = "ES256, \"HMAC 256/64\", …; default: by the key")
    private @Nullable String algorithm;

    @Option(names = "--kid", paramLabel = "TEXT", description = "the key's identifier; default: the key's own, if any")
    private @Nullable String kid;

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
        CoseAlgorithm chosen = algorithm(requireKey());
        SigningKey signing = requireKey().signingKey(chosen);
        Optional<KeyId> name = Optional.ofNullable(kid).map(KeyId::ofUtf8).or(requireKey()::kid);
        CwtIssuer issuer =
                new CwtIssuer(claims.issuer(), name.map(signing::withKeyId).orElse(signing));
        byte[] token = issuer.issue(claims.cwt(clock.instant()));
        return tag61 ? concat(CWT_TAG, token) : token;
    }

    private CoseAlgorithm algorithm(TokenKey of) {
        String name = algorithm;
        if (name == null) {
            return of.signingAlgorithms().stream()
                    .findFirst()
                    .orElseThrow(() -> usage("--key: not a private key or secret that makes CWTs"));
        }
        return CoseNames.algorithm(name).orElseThrow(() -> usage("--alg: unknown or not supported"));
    }

    private String jwt() throws KeyFormatException {
        if (kid != null || tag61 || format != TokenFormat.hex || claims.hasConfirmation()) {
            throw usage("--kid, --tag61, --out and --cnf-… don't go with --jwt");
        }
        PrivateKey signing = requireKey().privateKey().orElseThrow(() -> usage("--key: --jwt needs a private key"));
        JwtSigningKey signer = JwtSigningKey.fromPem(Pem.encode(signing));
        if (algorithm != null && !signer.algorithm().jwsName().equalsIgnoreCase(algorithm)) {
            throw usage("--alg: the key is for " + signer.algorithm().jwsName());
        }
        return signer.sign(claims.jwt(clock.instant(), random));
    }

    private TokenKey requireKey() {
        return Objects.requireNonNull(key, "key"); // picocli sees to it
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
