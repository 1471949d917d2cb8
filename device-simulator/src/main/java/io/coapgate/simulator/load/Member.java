package io.coapgate.simulator.load;

import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.NoAnswerException;
import io.coapgate.simulator.device.NoAnswerException.Reason;
import io.coapgate.simulator.device.SimulatedDevice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One device of a fleet with the habits of its firmware: a token that is refused is replaced and the request sent again, a
 * session in which nothing is answered is doubted, and it may sleep between requests. Thread-safe.
 */
final class Member implements AutoCloseable {
    private static final String UNAUTHORIZED = "4.01";

    private final DeviceProfile profile;
    private final InetSocketAddress gateway;
    private final DeviceRuntime runtime;
    private final Sleep sleep;
    private volatile SimulatedDevice device;
    private volatile @Nullable Outcast outcast;

    private Member(DeviceProfile profile, InetSocketAddress gateway, DeviceRuntime runtime, Sleep sleep)
            throws IOException {
        this.profile = profile;
        this.gateway = gateway;
        this.runtime = runtime;
        this.sleep = sleep;
        this.device = SimulatedDevice.start(profile, gateway, runtime);
    }

    /** Switches it on; it does not connect yet. */
    static Member start(DeviceProfile profile, InetSocketAddress gateway, DeviceRuntime runtime, Sleep sleep)
            throws IOException {
        return new Member(profile, gateway, runtime, sleep);
    }

    String id() {
        return profile.id();
    }

    boolean isUp() {
        return device.isConnected();
    }

    /** Makes a session, and uploads a token if it has any; the answer is the last one. */
    CompletionStage<Answer> connect() {
        SimulatedDevice now = device;
        return now.connect().thenCompose(pong -> uploaded(now, pong));
    }

    private CompletionStage<Answer> uploaded(SimulatedDevice now, Answer pong) {
        return profile.uploads() ? now.uploadToken() : CompletableFuture.completedFuture(pong);
    }

    /** The outcome of one request, as the device's habits make it. */
    CompletionStage<Answer> send(DeviceRequest request) {
        try {
            return switch (sleep) {
                case NEVER -> sendAwake(request);
                case KEEPING_SESSION -> {
                    changePort();
                    if (!profile.connectionId()) {
                        device.doubtSession();
                    }
                    yield sendAwake(request);
                }
                case FORGETTING -> sendAfresh(request);
            };
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends without any habits. */
    CompletionStage<Answer> sendUnasked(DeviceRequest request) {
        return device.request(request);
    }

    /** From now on it is no part of the fleet. */
    void cast(Outcast into) {
        outcast = into;
    }

    Optional<Outcast> outcast() {
        return Optional.ofNullable(outcast);
    }

    private CompletionStage<Answer> sendAwake(DeviceRequest request) {
        SimulatedDevice now = device;
        return now.request(request)
                .whenComplete((answer, failure) -> doubt(now, failure))
                .thenCompose(answer -> refusedToken(answer) ? again(now, request) : completed(answer));
    }

    /** With another token: uploaded, or brought in another handshake. */
    private CompletionStage<Answer> again(SimulatedDevice now, DeviceRequest request) {
        if (profile.uploads()) {
            return now.uploadToken()
                    .thenCompose(upload -> upload.isSuccess() ? now.request(request) : completed(upload));
        }
        try {
            SimulatedDevice fresh = replaced(now);
            return fresh.connect().thenCompose(pong -> fresh.request(request));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The same device, switched on anew; it has forgotten all. */
    private synchronized SimulatedDevice replaced(SimulatedDevice old) throws IOException {
        if (device == old) {
            old.vanish();
            device = SimulatedDevice.start(profile, gateway, runtime);
        }
        return device;
    }

    private CompletionStage<Answer> sendAfresh(DeviceRequest request) throws IOException {
        device.vanish();
        SimulatedDevice now = SimulatedDevice.start(profile, gateway, runtime);
        device = now;
        return connect()
                .thenCompose(answer -> refused(answer) ? completed(answer) : now.request(request))
                .whenComplete((answer, failure) -> now.vanish());
    }

    private boolean refusedToken(Answer answer) {
        return answer.code().equals(UNAUTHORIZED) && (profile.uploads() || bringsToken());
    }

    private boolean bringsToken() {
        return profile.credential() instanceof Credential.AccessTokens;
    }

    static boolean refused(Answer answer) {
        return answer.code().startsWith("4.") || answer.code().startsWith("5.");
    }

    /** Whoever brings a token in the handshake can't begin again with the same: its time may be over. */
    private void doubt(SimulatedDevice now, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof NoAnswerException noAnswer)) {
            return;
        }
        if (bringsToken()) {
            renew(now);
        } else if (noAnswer.reason() == Reason.TIMEOUT) {
            now.doubtSession();
        }
    }

    private void renew(SimulatedDevice now) {
        try {
            replaced(now);
        } catch (IOException e) {
            now.doubtSession(); // no socket to be had: the old one goes on
        }
    }

    private static CompletionStage<Answer> completed(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    /** Goes on from another port. */
    void changePort() throws IOException {
        device.changePort();
    }

    @Override
    public void close() {
        device.close();
    }
}
