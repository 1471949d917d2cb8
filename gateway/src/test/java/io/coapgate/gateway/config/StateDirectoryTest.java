package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.key.SecretBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    private final Path temporary;

    StateDirectoryTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void makesKeysOnceAndForItsOwnerOnly() throws Exception {
        Path path = temporary.resolve("state");
        StateDirectory state = new StateDirectory(path, new SecureRandom());
        SecretBytes secret = state.secret("one");
        assertThat(state.secret("one")).isEqualTo(secret);
        assertThat(state.secret("other")).isNotEqualTo(secret);
        assertThat(state.dtlsKeyPair().getPublic())
                .isEqualTo(state.dtlsKeyPair().getPublic());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
        try (var files = Files.list(path)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void refusesAKeyThatItCannotUseAndLeavesItAlone() throws Exception {
        StateDirectory state = new StateDirectory(temporary, new SecureRandom());
        Path file = new ConfigDirectory(temporary).writePrivate("dtls.pem", "nothing");
        assertThatThrownBy(state::dtlsKeyPair)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the key can't be used");
        assertThat(file).hasContent("nothing");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(state::dtlsKeyPair).hasMessageContaining("every user may read");
    }
}
