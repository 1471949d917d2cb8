package io.coapgate.simulator.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void areForTheirOwnerAlone() throws Exception {
        Path temporary = PrivateFiles.temporaryDirectory("coapgate-test-");
        Path file = PrivateFiles.write(temporary.resolve("key"), "secret");
        assertThat(mode(temporary)).isEqualTo("rwx------");
        assertThat(mode(file)).isEqualTo("rw-------");
        PrivateFiles.delete(temporary);
        assertThat(temporary).doesNotExist();
    }

    @Test
    void tightenWhatEverybodyCouldReadBefore() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(mode(PrivateFiles.write(file, "new"))).isEqualTo("rw-------");
        assertThat(file).hasContent("new");
    }

    @Test
    void deletingLeavesAloneWhatALinkLeadsTo() throws Exception {
        Path kept = Files.writeString(directory.resolve("kept"), "kept");
        Path doomed = Files.createDirectory(directory.resolve("doomed"));
        Files.createSymbolicLink(doomed.resolve("link"), kept);
        PrivateFiles.delete(doomed);
        assertThat(doomed).doesNotExist();
        assertThat(kept).exists();
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
