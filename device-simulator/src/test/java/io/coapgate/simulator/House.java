package io.coapgate.simulator;

import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.AuthorizationServer;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.device.SelfIssuedTokens;
import io.coapgate.simulator.device.SimulatedDevice;
import io.coapgate.simulator.device.TokenGrant;
import io.coapgate.simulator.launch.Enrolment;
import io.coapgate.simulator.launch.GatewayPorts;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.GatewaySetup.Route;
import io.coapgate.simulator.launch.GatewaySetup.TokenIssuer;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.LocalGateway;
import io.coapgate.simulator.launch.Pki;
import io.coapgate.simulator.upstream.ResourceServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The gateway's jar, a service behind it, and devices of each kind of credential in its registry: one for all integration
 * tests, which run one after the other.
 */
public final class House implements AutoCloseable {
    public static final SecureRandom RANDOM = new SecureRandom();
    public static final Clock CLOCK = Clock.systemUTC();
    public static final String BOTH_SCOPES = GatewaySetup.READ_SCOPE + ' ' + GatewaySetup.WRITE_SCOPE;
    public static final TokenGrant GRANT = new TokenGrant(GatewaySetup.AUDIENCE, BOTH_SCOPES, Duration.ofMinutes(30));
    public static final String ISSUER_NAME = "coaps://as.test.example";
    /** Needs a CWT. */
    public static final String TOKEN_PATH = "/telemetry/x";
    /** Needs the DTLS session only. */
    public static final String SESSION_PATH = "/status/x";

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final KeyPair gatewayKeys = KeyPairs.p256(RANDOM);
    private final KeyPair issuerKeys = KeyPairs.p256(RANDOM);
    private final Pki pki = new Pki(KeyPairs.p256(RANDOM), CLOCK, RANDOM);
    private final AuthorizationServer issuer = new AuthorizationServer(ISSUER_NAME, issuerKeys, CLOCK, RANDOM);
    private final List<Enrolment> enrolments = new ArrayList<>();
    private final DeviceRuntime runtime = DeviceRuntime.withThreads(2, ANSWER_TIMEOUT);

    private final DeviceProfile psk = enrolled("psk-1", psk("psk-1", PskSuite.CCM_8));
    private final DeviceProfile otherPsk = enrolled("psk-2", psk("psk-2", PskSuite.CCM_8));
    private final DeviceProfile rpk = enrolled("rpk-1", rpk(KeyPairs.p256(RANDOM)));
    private final DeviceProfile otherRpk = enrolled("rpk-2", rpk(KeyPairs.p256(RANDOM)));
    private final DeviceProfile edwards = enrolled("rpk-ed", rpk(KeyPairs.ed25519(RANDOM)));
    private final DeviceProfile x509 = enrolled("x509-1", x509("x509-1"));
    private final LocalGateway gateway;

    private House() throws IOException, GeneralSecurityException, InterruptedException {
        GatewaySetup setup = new GatewaySetup(
                gatewayKeys,
                pki,
                GatewayPorts.ephemeral(),
                List.of(new TokenIssuer(ISSUER_NAME, issuer.algorithm(), Pem.encode(issuer.publicKey()))),
                List.of(new Route("/telemetry/**", true), new Route("/status/**", false)));
        JavaCommand talkative = new JavaCommand(
                JavaCommand.plain().prefix(), List.of("-Dorg.slf4j.simpleLogger.log.io.coapgate=trace"));
        gateway = LocalGateway.start(setup, enrolments, LocalGateway.Service.VERIFY_AND_TELL, talkative, CLOCK);
    }

    public LocalGateway gateway() {
        return gateway;
    }

    public ResourceServer upstream() {
        return gateway.upstream();
    }

    public AuthorizationServer issuer() {
        return issuer;
    }

    public KeyPair issuerKeys() {
        return issuerKeys;
    }

    public DeviceProfile psk() {
        return psk;
    }

    public DeviceProfile otherPsk() {
        return otherPsk;
    }

    public DeviceProfile rpk() {
        return rpk;
    }

    public DeviceProfile otherRpk() {
        return otherRpk;
    }

    public DeviceProfile edwards() {
        return edwards;
    }

    public DeviceProfile x509() {
        return x509;
    }

    /** A device switched on, at the listener for its kind of credential. */
    public SimulatedDevice start(DeviceProfile profile) throws IOException {
        return SimulatedDevice.start(profile, gateway.coaps(listener(profile.credential())), runtime);
    }

    public static String listener(Credential credential) {
        if (credential instanceof Credential.PreSharedKey) {
            return "psk";
        }
        return credential instanceof Credential.RawPublicKey ? "rpk" : "x509";
    }

    /** Tokens that the device issues itself. */
    public static SelfIssuedTokens selfIssued(DeviceProfile profile) {
        return new SelfIssuedTokens(profile.id(), profile.credential(), GRANT, CLOCK, RANDOM);
    }

    /** What the device gets. */
    public static Answer await(CompletionStage<Answer> answer) throws Exception {
        return answer.toCompletableFuture().get(ANSWER_TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS);
    }

    private DeviceProfile enrolled(String id, Credential credential) {
        enrolments.add(new Enrolment(
                id,
                "test",
                Map.of("model", "model-of-" + id),
                List.of(GatewaySetup.READ_SCOPE, GatewaySetup.WRITE_SCOPE),
                credential));
        return DeviceProfile.of(id, credential);
    }

    /** The key is text, which command line clients can take. */
    private static Credential psk(String identity, PskSuite suite) {
        byte[] key = ("key-of-" + identity + "-0123456789").getBytes(StandardCharsets.US_ASCII);
        return new Credential.PreSharedKey(identity, SecretBytes.copyOf(key), suite);
    }

    private Credential rpk(KeyPair keys) {
        return new Credential.RawPublicKey(keys, gatewayKeys.getPublic());
    }

    private Credential x509(String id) throws GeneralSecurityException {
        KeyPair keys = KeyPairs.p256(RANDOM);
        return new Credential.Certificate(keys, pki.device(id, keys.getPublic()), List.of(pki.authority()));
    }

    @Override
    public void close() {
        runtime.close();
        gateway.close();
    }

    /** Hands the house to tests that ask for it, and tears it down after the last of them. */
    public static final class Keeper implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == House.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(House.class))
                    .computeIfAbsent(House.class, key -> build(), House.class);
        }

        private static House build() {
            try {
                return new House();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("no gateway to test: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
