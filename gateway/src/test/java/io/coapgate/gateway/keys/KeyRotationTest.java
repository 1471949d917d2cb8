package io.coapgate.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyRotationTest {
    private static final Instant START = Instant.parse("2026-11-25T08:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofMinutes(10);
    private static final Duration TURN = Duration.ofDays(90);
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration KEPT = LIFETIME.plus(KeptKey.MARGIN);

    private final NumberedKeys kind = new NumberedKeys();
    private final KeyRotation rotation = rotation(Optional.of(TURN), LIFETIME);

    private KeyRotation rotation(Optional<Duration> turn, Duration lifetime) {
        return new KeyRotation(kind, new RotationPolicy(WAIT, turn), lifetime);
    }

    private static List<String> states(KeyRing ring) {
        return ring.keys().stream()
                .map(key -> key.id() + " " + key.state().label())
                .sorted()
                .toList();
    }

    private KeyRing founded() {
        return rotation.found(Optional.empty(), START);
    }

    @Test
    void beginsWithAKeyThatIsUsedAndOneThatIsPublished() {
        assertThat(states(founded())).containsExactly("k1 next", "k2 current");
        assertThat(rotation.isDue(founded(), START)).isFalse();
    }

    @Test
    void rotatesAtTheAgeAndNotASecondBefore() {
        KeyRing ring = founded();
        Instant due = START.plus(TURN);
        assertThat(rotation.isDue(ring, due.minus(SECOND))).isFalse();
        assertThat(rotation.advance(ring, due.minus(SECOND))).isEqualTo(ring);
        assertThat(rotation.isDue(ring, due)).isTrue();
        KeyRing rotated = rotation.advance(ring, due);
        assertThat(states(rotated)).containsExactly("k1 current", "k2 retired", "k3 next");
        assertThat(rotated.current().times().since()).isEqualTo(due);
        assertThat(rotation.isDue(rotated, due)).isFalse();
    }

    @Test
    void neverRotatesByItselfIfToldSo() {
        KeyRotation never = rotation(Optional.empty(), LIFETIME);
        assertThat(never.isDue(founded(), START.plus(Duration.ofDays(36_500)))).isFalse();
    }

    @Test
    void aKeyIsUsedOnlyAfterItWasPublishedLongEnough() {
        KeyRing ring = founded();
        assertThat(rotation.promotableFrom(ring)).contains(START.plus(WAIT));
        Instant late = START.plus(TURN).minus(SECOND);
        KeyRing renewed = rotation.withdraw(ring, "k1", late); // its successor has just been published
        assertThat(rotation.isDue(renewed, late.plus(WAIT).minus(SECOND))).isFalse();
        assertThat(rotation.isDue(renewed, late.plus(WAIT))).isTrue();
    }

    @Test
    void aRetiredKeyStaysUntilTheLastOfItsTokensHasEnded() {
        Instant later = START.plus(TURN);
        KeyRing rotated = rotation.advance(founded(), later);
        Instant end = later.plus(KEPT);
        assertThat(rotation.isDue(rotated, end.minus(SECOND))).isFalse();
        assertThat(rotation.isDue(rotated, end)).isTrue();
        assertThat(states(rotation.advance(rotated, end))).containsExactly("k1 current", "k3 next");
    }

    @Test
    void aShorterLifetimeShortensTheLifeOfNoTokenThatIsOut() {
        KeyRing ring = rotation(Optional.of(TURN), Duration.ofHours(8)).found(Optional.empty(), START);
        Instant later = START.plus(TURN);
        KeyRing rotated = rotation.advance(ring, later);
        assertThat(rotation.isDue(rotated, later.plus(Duration.ofHours(8)))).isFalse();
        assertThat(rotation.isDue(rotated, later.plus(Duration.ofHours(8)).plus(KeptKey.MARGIN)))
                .isTrue();
    }

    @Test
    void aLongerLifetimeCountsFromNowOn() {
        KeyRotation longer = rotation(Optional.of(TURN), Duration.ofHours(8));
        assertThat(longer.isDue(founded(), START)).isTrue();
        assertThat(longer.advance(founded(), START).current().longestToken()).isEqualTo(Duration.ofHours(8));
    }

    @Test
    void anotherAlgorithmIsARotationToo() {
        KeyRing ring = founded();
        kind.setAlgorithm("EdDSA");
        assertThat(rotation.isDue(ring, START.plus(SECOND))).isTrue();
        KeyRing published = rotation.advance(ring, START.plus(SECOND));
        assertThat(published.current()).isEqualTo(ring.current());
        assertThat(published.next().orElseThrow().material().algorithm()).isEqualTo("EdDSA");
        assertThat(rotation.isDue(published, START.plus(WAIT))).isFalse();
        KeyRing changed = rotation.advance(published, START.plus(SECOND).plus(WAIT));
        assertThat(changed.current().material().algorithm()).isEqualTo("EdDSA");
        assertThat(changed.retired()).hasSize(1);
    }

    @Test
    void aWithdrawnCurrentKeyIsGoneAndTheNextTakesOver() {
        KeyRing ring = rotation.withdraw(founded(), "k2", START.plus(SECOND));
        assertThat(states(ring)).containsExactly("k1 current", "k3 next");
    }

    @Test
    void aWithdrawnNextKeyIsReplacedAndTheCurrentStays() {
        assertThat(states(rotation.withdraw(founded(), "k1", START))).containsExactly("k2 current", "k3 next");
    }

    @Test
    void aWithdrawnRetiredKeyIsGone() {
        KeyRing rotated = rotation.promote(founded(), START);
        assertThat(states(rotation.withdraw(rotated, "k2", START))).containsExactly("k1 current", "k3 next");
    }

    @Test
    void whatIsNotThereCannotBeWithdrawn() {
        assertThatIllegalArgumentException().isThrownBy(() -> rotation.withdraw(founded(), "k9", START));
    }

    @Test
    void aClockThatWasAheadMakesNobodyWaitForYearsAndNobodyTooShort() {
        KeyRing ahead = rotation.promote(founded(), START); // by a clock a year ahead of the right one
        Instant right = START.minus(Duration.ofDays(365));
        assertThat(rotation.isDue(ahead, right)).isTrue();
        KeyRing set = rotation.advance(ahead, right);
        assertThat(states(set)).isEqualTo(states(ahead));
        assertThat(rotation.promotableFrom(set)).contains(right.plus(WAIT));
        assertThat(rotation.isDue(set, right.plus(KEPT).minus(SECOND))).isFalse();
        assertThat(rotation.isDue(set, right.plus(KEPT))).isTrue();
        assertThat(rotation.isDue(rotation.advance(set, right.plus(KEPT)), right.plus(TURN)))
                .isTrue();
    }

    @Test
    void anotherGatewaysClockMayBeAheadALittle() {
        assertThat(rotation.isDue(founded(), START.minusSeconds(59))).isFalse();
        assertThat(rotation.isDue(founded(), START.minusSeconds(61))).isTrue();
    }

    @Test
    void aRingHasOneCurrentKeyAndOneNextAtMost() {
        KeyRing ring = founded();
        KeptKey current = ring.current();
        KeptKey next = ring.next().orElseThrow();
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyRing(KeyUse.JWT, List.of(next)));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyRing(KeyUse.JWT, List.of(current, current)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyRing(KeyUse.JWT, List.of(current, next, next.with(next.times()))));
    }

    @Test
    void keysRotateNoFasterThanTheyArePublished() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RotationPolicy(WAIT, Optional.of(WAIT.minus(SECOND))));
    }
}
