package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.SelfIssuedTokens;
import io.coapgate.simulator.device.TokenGrant;
import io.coapgate.simulator.launch.GatewaySetup;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A device that connects again and again. Each of its CWTs ends at another second than those before, so that no JWT that
 * the gateway made for an earlier one serves. It does one thing at a time.
 */
final class StormDevice implements AutoCloseable {
    private static final Duration SHORTEST_LIFETIME = Duration.ofHours(1);
    private static final int LIFETIMES = 36_000;
    private static final long ANSWER_SECONDS = 10;
    private static final int SUCCESS_CLASS = 2;
    private static final int CLASS_SHIFT = 5;

    private final DeviceProfile profile;
    private final LeanClient client;
    private final StormServer server;
    private final Clock clock;
    private final SecureRandom random;
    private int connects;

    private StormDevice(
            DeviceProfile profile, LeanClient client, StormServer server, Clock clock, SecureRandom random) {
        this.profile = profile;
        this.client = client;
        this.server = server;
        this.clock = clock;
        this.random = random;
    }

    static StormDevice start(
            DeviceProfile profile, StormServer server, DeviceRuntime runtime, Clock clock, SecureRandom random)
            throws IOException {
        LeanClient client = LeanClient.start(profile, server.address(), runtime);
        return new StormDevice(profile, client, server, clock, random);
    }

    /** A full handshake, a CWT if the server takes one, and a request; whether all that was granted within 10 s. */
    CompletableFuture<Boolean> connect() {
        CompletableFuture<Integer> code = server.takesTokens()
                ? client.onceInNewSession(Datagrams.tokenUpload(token()))
                        .thenCompose(uploaded -> isSuccess(uploaded)
                                ? client.once(Datagrams.telemetry())
                                : CompletableFuture.completedFuture(uploaded))
                : client.onceInNewSession(Datagrams.telemetry());
        return code.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .handle((answered, failure) -> failure == null && isSuccess(answered));
    }

    private byte[] token() {
        Duration lifetime = SHORTEST_LIFETIME.plusSeconds(connects++ % LIFETIMES);
        TokenGrant grant = new TokenGrant(GatewaySetup.AUDIENCE, GatewaySetup.WRITE_SCOPE, lifetime);
        return new SelfIssuedTokens(profile.id(), profile.credential(), grant, clock, random).token();
    }

    private static boolean isSuccess(int code) {
        return code >> CLASS_SHIFT == SUCCESS_CLASS;
    }

    @Override
    public void close() {
        client.close();
    }
}
