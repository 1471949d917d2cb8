package io.coapgate.gateway.device;

import static io.coapgate.gateway.device.Devices.device;
import static io.coapgate.gateway.device.Devices.disabled;
import static io.coapgate.gateway.device.Devices.psk;
import static io.coapgate.gateway.device.Devices.registry;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.refusal.Refusal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What happens if the registry changes between a handshake's look-up and its session. */
class RevocationRaceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PskIdentity IDENTITY = new PskIdentity("id1");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Device device = device("d1", "read", psk("id1", Validity.ALWAYS));
    private final SnapshotDeviceRegistry registry = registry(device);
    private final Queue<List<Device>> changes = new ArrayDeque<>();
    private final DeviceAuthenticator authenticator =
            new DeviceAuthenticator(new RacingRegistry(registry, this::change), clock, new SecureRandom());

    private CompletionStage<Void> change() {
        replace(changes.poll());
        return CompletableFuture.completedFuture(null);
    }

    private void replace(@Nullable List<Device> devices) {
        if (devices != null) {
            try {
                registry.replace(devices);
            } catch (DuplicateEnrolmentException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    private CompletableFuture<Authentication> authenticate() {
        return authenticator.byPskIdentity(IDENTITY).toCompletableFuture();
    }

    private AuthenticatedDevice accepted() {
        return ((Authentication.Accepted) authenticate().join()).device();
    }

    @Test
    void refusesADeviceThatIsDisabledMeanwhile() {
        changes.add(List.of(disabled(device)));
        assertThat(authenticate()).isCompletedWithValue(new Authentication.Refused(Refusal.DEVICE_DISABLED));
    }

    @Test
    void refusesADeviceThatIsRemovedMeanwhile() {
        changes.add(List.of());
        assertThat(authenticate()).isCompletedWithValue(new Authentication.Refused(Refusal.CREDENTIAL_UNKNOWN));
    }

    @Test
    void refusesACredentialThatIsWithdrawnMeanwhile() {
        changes.add(List.of(device("d1", "read", psk("new", Validity.ALWAYS))));
        assertThat(authenticate()).isCompletedWithValue(new Authentication.Refused(Refusal.CREDENTIAL_UNKNOWN));
    }

    @Test
    void refusesADeviceWithAnotherSessionThatIsDisabledMeanwhile() {
        AuthenticatedDevice other = accepted();
        changes.add(List.of(disabled(device)));
        assertThat(authenticate()).isCompletedWithValue(new Authentication.Refused(Refusal.DEVICE_DISABLED));
        assertThat(other.standing(NOW)).contains(Refusal.DEVICE_REVOKED);
    }

    @Test
    void aSessionHasTheScopesThatWereLeftMeanwhile() {
        Device poorer = device("d1", "", psk("id1", Validity.ALWAYS));
        changes.add(List.of(poorer));
        assertThat(accepted().device()).isEqualTo(poorer);
    }

    @Test
    void anotherDevicesChangeLeavesTheAnswerAsItWas() {
        changes.add(List.of(device, device("d2", "", psk("id2", Validity.ALWAYS))));
        AuthenticatedDevice session = accepted();
        assertThat(session.device()).isEqualTo(device);
        replace(List.of(disabled(device)));
        assertThat(session.standing(NOW)).contains(Refusal.DEVICE_REVOKED);
    }

    @Test
    void aLookUpThatIsSlowIsNotBelievedEither() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        CompletableFuture<Authentication> authentication = new DeviceAuthenticator(
                        new RacingRegistry(registry, () -> answer), clock, new SecureRandom())
                .byPskIdentity(IDENTITY)
                .toCompletableFuture();
        replace(List.of(disabled(device)));
        assertThat(authentication).isNotDone();
        answer.complete(null);
        assertThat(authentication).isCompletedWithValue(new Authentication.Refused(Refusal.DEVICE_DISABLED));
    }

    @Test
    void aRegistryThatNeverRestsLetsNobodyIn() {
        Stream.iterate(1, i -> i + 1)
                .limit(8)
                .forEach(i -> changes.add(List.of(device, device("d2", "s" + i, psk("id2", Validity.ALWAYS)))));
        assertThat(authenticate()).isCompletedExceptionally();
        assertThat(accepted().device()).isEqualTo(device);
    }
}
