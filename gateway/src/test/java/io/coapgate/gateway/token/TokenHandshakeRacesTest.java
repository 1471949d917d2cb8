package io.coapgate.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Authentication;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceAuthenticator;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.refusal.Refusal;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Handshakes by token, and what happens meanwhile. Whatever asks whether a token is revoked gives it the chance. */
class TokenHandshakeRacesTest {
    private static final String SOURCE = "192.0.2.1";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-25T00:00:00Z"));
    private final KeyPair keys = Devices.p256();
    private final Device device = Devices.device("d1", "read");
    private final SnapshotDeviceRegistry registry = Devices.registry(device);
    private final SessionTokens sessions = new SessionTokens(clock, 1, 10);
    private final Set<String> revoked = new HashSet<>();
    private final Queue<Runnable> meanwhile = new ArrayDeque<>();
    private final List<Instant> ends = new ArrayList<>();
    private final TokenHandshakes handshakes = new TokenHandshakes(
            new TokenIntake(
                    new TokenAdmission(
                            Cwts.settings(),
                            Cwts.KNOWN_SCOPES,
                            sessions,
                            new TokenConditions(this::isRevoked, TokenFreshness.ANY, RelativeLifetimes.NONE),
                            clock),
                    Runnable::run),
            new HandshakeSettings(10, 10, Duration.ofMinutes(1), Map.of(), Map.of()),
            new DeviceAuthenticator(registry, clock, new SecureRandom()),
            clock,
            ends::add);

    private boolean isRevoked(VerifiedCwt token) {
        Runnable event = meanwhile.poll();
        if (event != null) {
            event.run();
        }
        return revoked.contains(token.claims().scope().orElseThrow());
    }

    /** @param scope also what this test knows the token by */
    private void upload(String scope, Duration lifetime) {
        byte[] token = Cwts.issuedByAs(Cwts.claims(clock.instant(), scope)
                .subject("d1")
                .expiresAt(clock.instant().plus(lifetime))
                .confirmation(Cwts.confirmation(keys.getPublic()))
                .build());
        assertThat(handshakes.upload(SOURCE, token).toCompletableFuture()).isCompleted();
    }

    private void upload(String scope) {
        upload(scope, Duration.ofMinutes(10));
    }

    private AuthenticatedDevice lookedUp() {
        Authentication answer =
                handshakes.byPublicKey(keys.getPublic()).toCompletableFuture().join();
        return ((Authentication.Accepted) answer).device();
    }

    private List<String> held(AuthenticatedDevice session) {
        return sessions.validAt(session.session(), clock.instant()).stream()
                .map(token -> token.claims().scope().orElseThrow())
                .toList();
    }

    @Test
    void aTokenThatIsRevokedMeanwhileGivesNoSession() {
        upload("read");
        AuthenticatedDevice session = lookedUp();
        revoked.add("read");

        assertThat(handshakes.established(session)).contains(Refusal.TOKEN_REVOKED);
        assertThat(held(session)).isEmpty();
    }

    @Test
    void neitherDoesOneThatIsRevokedWhileTheSessionGetsIt() {
        upload("read");
        AuthenticatedDevice session = lookedUp();
        meanwhile.add(() -> {});
        meanwhile.add(() -> revoked.add("read"));

        assertThat(handshakes.established(session)).contains(Refusal.TOKEN_REVOKED);
        assertThat(held(session)).isEmpty();
    }

    @Test
    void aTokenThatEndsMeanwhileLeavesASessionThatHasEnded() {
        upload("read");
        AuthenticatedDevice session = lookedUp();
        clock.advance(Duration.ofMinutes(10));

        assertThat(session.standing(clock.instant())).contains(Refusal.TOKEN_EXPIRED);
    }

    @Test
    void aDeviceThatIsDisabledMeanwhileHasASessionNoMore() throws Exception {
        upload("read");
        AuthenticatedDevice session = lookedUp();
        registry.replace(List.of(Devices.disabled(device)));

        assertThat(session.standing(clock.instant())).contains(Refusal.DEVICE_REVOKED);
    }

    @Test
    void theSessionGetsTheNewerTokenThatCameMeanwhile() {
        upload("read");
        AuthenticatedDevice session = lookedUp();
        upload("write", Duration.ofMinutes(20));

        assertThat(handshakes.established(session)).isEmpty();
        assertThat(held(session)).containsExactly("write");
        assertThat(session.notAfter()).isEqualTo(clock.instant().plus(Duration.ofMinutes(20)));
    }

    @Test
    void alsoIfItComesWhileTheSessionGetsTheOlderOne() {
        upload("read");
        AuthenticatedDevice session = lookedUp();
        meanwhile.add(() -> upload("write"));

        assertThat(handshakes.established(session)).isEmpty();
        assertThat(held(session)).containsExactly("write");
    }

    @Test
    void ofTwoUploadsAtOnceTheLaterOneCountsOnTheSession() {
        upload("read");
        AuthenticatedDevice session = lookedUp();
        assertThat(handshakes.established(session)).isEmpty();
        meanwhile.add(() -> upload("read write")); // which is through before the one it overtakes
        upload("write");

        assertThat(held(session)).containsExactly("read write");
    }

    @Test
    void aRevokedTokenTakesNoOtherTokensPlace() {
        upload("read");
        AuthenticatedDevice session = lookedUp();
        assertThat(handshakes.established(session)).isEmpty();
        revoked.add("write");
        byte[] token = Cwts.issuedByAs(Cwts.claims(clock.instant(), "write")
                .subject("d1")
                .confirmation(Cwts.confirmation(keys.getPublic()))
                .build());

        assertThat(handshakes.upload(SOURCE, token).toCompletableFuture()).isCompletedExceptionally();
        assertThat(held(session)).containsExactly("read");
    }

    @Test
    void twoHandshakesWithOneTokenAreTwoSessionsThatANewTokenReachesBoth() {
        upload("read");
        AuthenticatedDevice one = lookedUp();
        AuthenticatedDevice other = lookedUp();
        assertThat(handshakes.established(one)).isEmpty();
        assertThat(handshakes.established(other)).isEmpty();
        assertThat(one.session()).isNotEqualTo(other.session());
        upload("write");

        assertThat(held(one)).containsExactly("write");
        assertThat(held(other)).containsExactly("write");
    }

    @Test
    void aSessionIsNotResumedOnceItsTokenIsRevoked() {
        upload("read");
        AuthenticatedDevice session = lookedUp();
        assertThat(handshakes.established(session)).isEmpty();
        assertThat(handshakes.established(session)).isEmpty(); // resumed
        sessions.remove(token -> true);

        assertThat(handshakes.established(session)).contains(Refusal.TOKEN_MISSING);
    }

    @Test
    void theEndOfEachTokenIsToldAsAnyOfThemMayBeTheLast() {
        upload("read", Duration.ofMinutes(20));
        AuthenticatedDevice session = lookedUp();
        assertThat(handshakes.established(session)).isEmpty();
        upload("write", Duration.ofMinutes(5));

        assertThat(ends)
                .containsExactly(
                        clock.instant().plus(Duration.ofMinutes(20)),
                        clock.instant().plus(Duration.ofMinutes(5)));
        assertThat(session.notAfter()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Test
    void aTokenThatTakesAnothersPlaceIsTold() {
        List<Object> told = new ArrayList<>();
        sessions.onReplaced(told::add);
        upload("read");
        AuthenticatedDevice session = lookedUp();
        assertThat(handshakes.established(session)).isEmpty();
        assertThat(told).isEmpty();
        upload("write");

        assertThat(told).containsExactly(session.session());
    }
}
