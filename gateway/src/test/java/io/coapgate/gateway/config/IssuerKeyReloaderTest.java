package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.keys.ClockJumps;
import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyRings;
import io.coapgate.gateway.keys.KeyRotation;
import io.coapgate.gateway.keys.KeyUse;
import io.coapgate.gateway.token.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerKeyReloaderTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-25T08:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final List<KeyRings> heard = new ArrayList<>();
    private final GatewayConfig config;
    private final IssuerKeyStore store;
    private final IssuerKeyReloader reloader;

    IssuerKeyReloaderTest(@TempDir Path temporary) throws Exception {
        config = new ConfigDirectory(temporary).gateway(ConfigDirectory.GATEWAY + "state: state\n");
        store = store();
        reloader = reloader(store, heard);
    }

    private IssuerKeyStore store() {
        return IssuerKeyStore.of(config, clock, new SecureRandom());
    }

    private IssuerKeyReloader reloader(IssuerKeyStore store, List<KeyRings> heard) throws Exception {
        ClockJumps jumps = new ClockJumps(clock, nanos::get, config.rotation().publishFirst());
        return IssuerKeyReloader.open(store, jumps, heard::add);
    }

    private void pass(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
    }

    private static KeyRing jwt(KeyRings rings) {
        return rings.of(KeyUse.JWT).orElseThrow();
    }

    /** As the watch does. */
    private void look() {
        if (reloader.isStale()) {
            reloader.follow();
        }
    }

    private void rotateFromOutside() throws Exception {
        IssuerKeyStore outside = store();
        KeyRotation rotation = outside.rotations().get(0);
        outside.update(rings -> rings.with(rotation.promote(jwt(rings), outside.now())));
    }

    @Test
    void followsWhatOthersChange() throws Exception {
        assertThat(reloader.isStale()).isFalse();
        rotateFromOutside();
        assertThat(reloader.isStale()).isTrue();
        look();
        assertThat(reloader.rings()).isEqualTo(store.read());
        assertThat(heard).hasSize(2).last().isEqualTo(reloader.rings());
        assertThat(jwt(reloader.rings()).retired()).hasSize(1);
        assertThat(reloader.isStale()).isFalse();
    }

    @Test
    void rotatesByAge() {
        String first = jwt(reloader.rings()).current().id();
        pass(Duration.ofDays(90).minusSeconds(1));
        look();
        assertThat(jwt(reloader.rings()).current().id()).isEqualTo(first);
        pass(Duration.ofSeconds(1));
        look();
        assertThat(jwt(reloader.rings()).find(first).orElseThrow().times().retired())
                .isPresent();
    }

    @Test
    void ofTwoGatewaysOneRotatesAndTheOtherFollows() throws Exception {
        IssuerKeyReloader other = reloader(store(), new ArrayList<>());
        pass(Duration.ofDays(90));
        assertThat(reloader.isStale()).isTrue();
        assertThat(other.isStale()).isTrue();
        reloader.follow();
        other.follow();
        assertThat(other.rings()).isEqualTo(reloader.rings());
        assertThat(jwt(other.rings()).retired()).hasSize(1);
    }

    @Test
    void aClockThatJumpsAheadEndsNoKey() {
        clock.advance(Duration.ofDays(3650));
        look();
        assertThat(jwt(reloader.rings()).retired()).isEmpty();
        clock.advance(Duration.ofDays(-3650)); // and comes to itself
        pass(Duration.ofHours(2));
        look();
        pass(Duration.ofHours(2));
        look();
        assertThat(jwt(reloader.rings()).retired()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadLeavesTheKeysAsTheyAreUntilItCan() throws Exception {
        KeyRings before = reloader.rings();
        String whole = Files.readString(store.path());
        Files.writeString(store.path(), "broken");
        look();
        assertThat(reloader.rings()).isEqualTo(before);
        assertThat(reloader.isFailing()).isTrue();
        assertThat(reloader.isStale()).as("rests for a while").isFalse();
        Files.writeString(store.path(), whole);
        for (int i = 0; i < 40 && reloader.isFailing(); i++) {
            look();
        }
        assertThat(reloader.isFailing()).isFalse();
        assertThat(reloader.rings()).isEqualTo(before);
    }

    @Test
    void aFileThatIsRemovedLeavesTheKeysAsTheyAre() throws Exception {
        KeyRings before = reloader.rings();
        Files.delete(store.path());
        look();
        assertThat(reloader.rings()).isEqualTo(before);
        assertThat(reloader.isFailing()).isTrue();
        assertThat(store.path()).doesNotExist();
    }
}
