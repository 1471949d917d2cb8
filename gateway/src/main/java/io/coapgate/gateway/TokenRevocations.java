package io.coapgate.gateway;

import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceChange;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.issuing.IssuedTokens;
import io.coapgate.gateway.token.SessionTokens;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the gateway's own tokens, the registry and the sessions in step: a device that is disabled or removed has its tokens
 * revoked, and a token that is revoked is taken out of whatever session holds it.
 */
final class TokenRevocations {
    private static final Logger LOG = LoggerFactory.getLogger(TokenRevocations.class);
    private static final long EXPIRE_EVERY_SECONDS = 5;

    private final TokenIssuing issuing;
    private final SessionTokens sessions;
    private final Executor writer;
    private final RevocationSweep sweep;

    private TokenRevocations(TokenIssuing issuing, SessionTokens sessions, Executor writer, RevocationSweep sweep) {
        this.issuing = issuing;
        this.sessions = sessions;
        this.writer = writer;
        this.sweep = sweep;
    }

    /** Follows what happens from now on, and what happened to devices while the gateway was down. */
    static void follow(
            SnapshotDeviceRegistry registry, TokenServices tokens, GatewayThreads threads, RevocationSweep sweep) {
        registry.onChange(changes -> sweep.request());
        tokens.issuing()
                .map(issuing -> new TokenRevocations(issuing, tokens.sessions(), threads.signatures(), sweep))
                .ifPresent(revocations -> revocations.start(registry, threads.housekeeping()));
    }

    private void start(SnapshotDeviceRegistry registry, ScheduledExecutorService timer) {
        IssuedTokens tokens = issuing.tokens();
        tokens.onChange(change -> {
            if (!change.added().isEmpty()) {
                later(this::endWhatRestsOnThem);
            }
        });
        registry.onChange(changes -> later(() -> revokeOfThoseThatFell(changes)));
        tokens.subjects().stream()
                .filter(device -> registry.find(device).filter(Device::enabled).isEmpty())
                .forEach(this::revokeAllOf);
        var unused = timer.scheduleWithFixedDelay(
                () -> later(tokens::expire), EXPIRE_EVERY_SECONDS, EXPIRE_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void endWhatRestsOnThem() {
        sessions.remove(issuing::isRevoked);
        sweep.request();
    }

    private void revokeOfThoseThatFell(List<DeviceChange> changes) {
        for (DeviceChange change : changes) {
            if (!(change instanceof DeviceChange.Updated updated)
                    || !updated.device().enabled()) {
                revokeAllOf(change.id());
            }
        }
    }

    private void revokeAllOf(DeviceId device) {
        int count = issuing.tokens().revokeAllOf(device);
        if (count > 0) {
            LOG.info("{} tokens of {} are revoked: the device is disabled or removed", count, device);
        }
    }

    private void later(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.error("too much waits to be signed: a change of what is revoked is carried out at once", e);
            task.run();
        }
    }
}
