package io.coapgate.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.PskIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesReloaderTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final String ONE = "devices: [{id: d1}]\n";
    private static final String TWO = "devices: [{id: d1}, {id: d2}]\n";

    private static final String WITH_KEY_FILE =
            "devices: [{id: d1, credentials: [{psk: {identity: d1, key: 'file:d1.key'}}]}]\n";

    private final Path temporary;
    private final Path path;
    private final DevicesFile file;
    private final DevicesReloader reloader;

    DevicesReloaderTest(@TempDir Path temporary) throws Exception {
        this.temporary = temporary;
        path = Files.writeString(temporary.resolve("devices.yaml"), ONE);
        file = new DevicesFile(path, Map.of());
        reloader = DevicesReloader.load(file, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void doesNotStartWithABrokenFile() throws Exception {
        Files.writeString(path, "devices: [{id: d1}, {id: d1}]\n");
        assertThatThrownBy(() -> DevicesReloader.load(file, Clock.systemUTC())).isInstanceOf(ConfigException.class);
    }

    @Test
    void leavesAnUnchangedFileAlone() {
        assertThat(reloader.isStale()).isFalse();
        assertThat(reloader.check()).isEmpty();
        assertThat(reloader.lastReload().succeeded()).isTrue();
        assertThat(reloader.lastReload().devices()).isEqualTo(1);
    }

    @Test
    void takesAnEditOver() throws Exception {
        Files.writeString(path, TWO);
        assertThat(reloader.isStale()).isTrue();
        assertThat(reloader.check()).contains(new ReloadStatus(NOW, 2, java.util.List.of()));
        assertThat(reloader.registry().size()).isEqualTo(2);
        assertThat(reloader.check()).isEmpty();
    }

    @Test
    void takesAFileOverThatIsRenamedIntoPlace() throws Exception {
        Path fresh = Files.writeString(temporary.resolve("fresh"), TWO);
        Files.setLastModifiedTime(fresh, Files.getLastModifiedTime(path));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(reloader.check()).isPresent();
        assertThat(reloader.registry().size()).isEqualTo(2);
    }

    @Test
    void noticesThatASymbolicLinkPointsElsewhere() throws Exception {
        Path v1 = Files.createDirectory(temporary.resolve("v1"));
        Path v2 = Files.createDirectory(temporary.resolve("v2"));
        Files.writeString(v1.resolve("devices.yaml"), ONE);
        Files.writeString(v2.resolve("devices.yaml"), TWO);
        Path data = Files.createSymbolicLink(temporary.resolve("data"), v1);
        DevicesReloader linked =
                DevicesReloader.load(new DevicesFile(data.resolve("devices.yaml"), Map.of()), Clock.systemUTC());
        Path swapped = Files.createSymbolicLink(temporary.resolve("data.new"), v2);
        Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(linked.check()).isPresent();
        assertThat(linked.registry().size()).isEqualTo(2);
    }

    @Test
    void keepsTheOldDevicesWhileTheFileIsBroken() throws Exception {
        Files.writeString(path, "devices: [{id: d1}, {id: d2}, {id: 'no good'}]\n");
        assertThat(reloader.check()).hasValueSatisfying(status -> {
            assertThat(status.succeeded()).isFalse();
            assertThat(status.devices()).isEqualTo(1);
            assertThat(status.problems()).extracting(ConfigProblem::key).containsExactly("devices[2].id");
        });
        assertThat(reloader.registry().size()).isEqualTo(1);
        Files.delete(path);
        assertThat(reloader.check())
                .hasValueSatisfying(status -> assertThat(status.succeeded()).isFalse());
        assertThat(reloader.registry().size()).isEqualTo(1);
        Files.writeString(path, TWO);
        assertThat(reloader.check())
                .hasValueSatisfying(status -> assertThat(status.succeeded()).isTrue());
        assertThat(reloader.registry().size()).isEqualTo(2);
    }

    @Test
    void takesAKeyFileOverThatIsReplaced() throws Exception {
        ConfigDirectory directory = new ConfigDirectory(temporary);
        directory.writePrivate("d1.key", "the first key of d1");
        Files.writeString(path, WITH_KEY_FILE);
        reloader.check();
        directory.writePrivate("d1.key", "the second key of d1");
        assertThat(reloader.isStale()).isTrue();
        assertThat(reloader.check())
                .hasValueSatisfying(status -> assertThat(status.succeeded()).isTrue());
        assertThat(keyOfD1()).isEqualTo(SecretBytes.copyOf("the second key of d1".getBytes(UTF_8)));
        assertThat(reloader.isStale()).isFalse();
        assertThat(reloader.check()).isEmpty();
    }

    @Test
    void triesAgainOnceAKeyFileCanBeRead() throws Exception {
        Files.writeString(path, WITH_KEY_FILE);
        assertThat(reloader.check())
                .hasValueSatisfying(status -> assertThat(status.succeeded()).isFalse());
        assertThat(reloader.isStale()).isFalse();
        Path key = new ConfigDirectory(temporary).writePrivate("d1.key", "the first key of d1");
        assertThat(reloader.check())
                .hasValueSatisfying(status -> assertThat(status.succeeded()).isTrue());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(reloader.check())
                .hasValueSatisfying(status -> assertThat(status.succeeded()).isFalse());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(reloader.check())
                .hasValueSatisfying(status -> assertThat(status.succeeded()).isTrue());
    }

    @Test
    void everyKeyFileHasItsTurn() throws Exception {
        FilesSeen seen = new FilesSeen();
        seen.add(path);
        for (int i = 0; i < 5; i++) {
            seen.add(temporary.resolve("key" + i));
        }
        assertThat(seen.someChanged(2)).isFalse();
        Files.writeString(temporary.resolve("key4"), "come");
        assertThat(List.of(seen.someChanged(2), seen.someChanged(2))).contains(true);
        assertThat(seen.changes()).containsOnlyKeys(temporary.resolve("key4"));
    }

    private SecretBytes keyOfD1() {
        DeviceCredential credential = reloader.registry()
                .findByPskIdentity(new PskIdentity("d1"))
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .credential();
        return ((DeviceCredential.PreSharedKey) credential).key();
    }

    @Test
    void watchesTheFileByItself() throws Exception {
        try (FileWatch watch = FileWatch.start("watch", file.path(), reloader)) {
            assertThat(watch).isNotNull();
            Files.writeString(path, TWO);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(reloader.registry().size()).isEqualTo(2));
        }
    }
}
