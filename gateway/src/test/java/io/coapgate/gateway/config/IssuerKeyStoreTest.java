package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.gateway.keys.KeptKey;
import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyRings;
import io.coapgate.gateway.keys.KeyRotation;
import io.coapgate.gateway.keys.KeyState;
import io.coapgate.gateway.keys.KeyUse;
import io.coapgate.gateway.token.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerKeyStoreTest {
    private final Path temporary;
    private final ConfigDirectory directory;
    private final Path state;
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-25T08:00:00Z"));

    IssuerKeyStoreTest(@TempDir Path temporary) throws Exception {
        this.temporary = temporary;
        this.directory = new ConfigDirectory(temporary);
        this.state = Files.createDirectory(
                temporary.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private IssuerKeyStore store(String more) throws Exception {
        return IssuerKeyStore.of(
                directory.gateway(ConfigDirectory.GATEWAY + "state: state\n" + more), clock, new SecureRandom());
    }

    private static KeyRing jwt(KeyRings rings) {
        return rings.of(KeyUse.JWT).orElseThrow();
    }

    private JwtSigningKey writeEarlierKey(JwtAlgorithm algorithm) throws Exception {
        JwtSigningKey key = JwtSigningKey.generate(algorithm, new SecureRandom());
        directory.writePrivate("state/jwt-" + algorithm.jwsName() + ".pem", key.toPem());
        return key;
    }

    private List<String> files() throws Exception {
        try (var files = Files.list(state)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void makesKeysForWhatIsConfiguredOnly() throws Exception {
        assertThat(store("").open().stream().map(KeyRing::use)).containsExactly(KeyUse.JWT);
        assertThat(store("authorization-server: {}\n").open().stream().map(KeyRing::use))
                .containsExactly(KeyUse.JWT, KeyUse.CWT_MAC, KeyUse.CWT_SIGNATURE);
    }

    @Test
    void theyLastOverRestartsAndAreForTheirOwnerOnly() throws Exception {
        KeyRings first = store("authorization-server: {}\n").open();
        assertThat(store("authorization-server: {}\n").open()).isEqualTo(first);
        assertThat(files()).containsExactly("issuer-keys.json", "issuer-keys.lock");
        assertThat(files())
                .allSatisfy(name -> assertThat(
                                PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(name))))
                        .isEqualTo("rw-------"));
    }

    @Test
    void takesOverTheKeyOfAnOldStateDirectoryAsTheCurrentOne() throws Exception {
        JwtSigningKey old = writeEarlierKey(JwtAlgorithm.ES256);
        KeyRing ring = jwt(store("").open());
        assertThat(ring.current().id()).isEqualTo(old.keyId());
        assertThat(ring.next()).isPresent();
        assertThat(files()).contains("jwt-ES256.pem"); // for the version before
    }

    @Test
    void takesOverTheKeysOfTheAuthorizationServerToo() throws Exception {
        StateDirectory earlier = new StateDirectory(state, new SecureRandom());
        earlier.secret("issuer-mac");
        Files.writeString(
                state.resolve("issuer-ES256.pem"),
                io.coapgate.crypto.key.Pem.encode(earlier.dtlsKeyPair().getPrivate()));
        Files.setPosixFilePermissions(state.resolve("issuer-ES256.pem"), PosixFilePermissions.fromString("rw-------"));
        IssuerKeyStore store = store("authorization-server: {}\n");
        KeyRings rings = store.open();
        assertThat(new String(
                        rings.of(KeyUse.CWT_MAC)
                                .orElseThrow()
                                .current()
                                .material()
                                .secret()
                                .expose(),
                        java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo(Files.readString(state.resolve("issuer-mac.key")));
        assertThat(rings.of(KeyUse.CWT_SIGNATURE)
                        .orElseThrow()
                        .current()
                        .material()
                        .algorithm())
                .isEqualTo("ES256");
        assertThat(store.open()).isEqualTo(rings);
    }

    @Test
    void theOldFileGoesWithItsKey() throws Exception {
        JwtSigningKey old = writeEarlierKey(JwtAlgorithm.ES256);
        IssuerKeyStore store = store("");
        store.open();
        clock.advance(Duration.ofDays(91));
        store.advance();
        assertThat(jwt(store.read()).find(old.keyId()).orElseThrow().state()).isEqualTo(KeyState.RETIRED);
        assertThat(files()).contains("jwt-ES256.pem");
        clock.advance(Duration.ofHours(1));
        store.advance();
        assertThat(jwt(store.read()).find(old.keyId())).isEmpty();
        assertThat(files()).doesNotContain("jwt-ES256.pem");
    }

    @Test
    void anOldFileThatCannotBeUsedIsRefusedAndLeftAlone() throws Exception {
        Path file = directory.writePrivate("state/jwt-ES256.pem", "nothing");
        assertThatThrownBy(() -> store("").open()).hasMessageContaining("the key can't be used");
        assertThat(file).hasContent("nothing");
        assertThat(state.resolve("issuer-keys.json")).doesNotExist();
    }

    @Test
    void aFileThatIsBrokenOrForAllToReadIsRefusedAndLeftAlone() throws Exception {
        IssuerKeyStore store = store("");
        store.open();
        String whole = Files.readString(store.path());
        Files.setPosixFilePermissions(store.path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(store::open).hasMessageContaining("every user may read");
        Files.setPosixFilePermissions(store.path(), PosixFilePermissions.fromString("rw-------"));
        String kid = jwt(store.read()).current().id();
        for (String broken : List.of(
                "",
                "{}",
                whole.substring(0, whole.length() / 2),
                whole.replace("\"version\" : 1", "\"version\" : 2"),
                whole.replace(kid, "another"),
                whole.replaceFirst("\"current\" : \"[^\"]*\",", ""),
                whole.replace("\"use\" : \"jwt\"", "\"use\" : \"else\""))) {
            assertThat(broken).isNotEqualTo(whole);
            Files.writeString(store.path(), broken);
            assertThatThrownBy(store::open)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("issuer-keys.json")
                    .hasMessageNotContaining("PRIVATE");
            assertThat(store.path()).hasContent(broken);
        }
    }

    @Test
    void whatAProcessLeftThatEndedWhileItWroteCountsForNothing() throws Exception {
        IssuerKeyStore store = store("");
        KeyRings before = store.open();
        directory.writePrivate("state/issuer-keys.json.1234.new", "{\"version\" : 1, \"keys");
        assertThat(store("").open()).isEqualTo(before);
        assertThat(files()).containsExactly("issuer-keys.json", "issuer-keys.lock");
    }

    @Test
    void aProcessThatEndedBetweenTheKeysAndTheOldFileLeavesNoKeyThatComesBack() throws Exception {
        writeEarlierKey(JwtAlgorithm.ES256);
        IssuerKeyStore store = store("");
        KeyRotation rotation = store.rotations().get(0);
        store.open();
        byte[] old = Files.readAllBytes(state.resolve("jwt-ES256.pem"));
        String compromised = jwt(store.read()).current().id();
        store.update(rings -> rings.with(rotation.withdraw(jwt(rings), compromised, store.now())));
        directory.writePrivate("state/jwt-ES256.pem", new String(old, java.nio.charset.StandardCharsets.US_ASCII));
        KeyRings reopened = store("").open();
        assertThat(jwt(reopened).find(compromised)).isEmpty();
        store("").advance();
        assertThat(files()).doesNotContain("jwt-ES256.pem");
    }

    @Test
    void aStateDirectoryThatCannotBeWrittenWillDoIfAllKeysAreInIt() throws Exception {
        Files.createDirectory(state.resolve("issuer-keys.lock")); // what root can't open for writing either
        assertThatThrownBy(() -> store("").open()).hasMessageContaining("can't be written");
        JwtSigningKey old = writeEarlierKey(JwtAlgorithm.ES256);
        IssuerKeyStore store = store("");
        KeyRings rings = store.open();
        assertThat(jwt(rings).current().id()).isEqualTo(old.keyId());
        clock.advance(Duration.ofDays(1000));
        assertThat(store.isDue(rings)).isFalse();
    }

    @Test
    void keysOfAnotherConfigurationStayAsTheyAre() throws Exception {
        KeyRings all = store("authorization-server: {}\n").open();
        clock.advance(Duration.ofDays(91));
        KeyRings after = store("").advance();
        assertThat(after.of(KeyUse.CWT_MAC)).isEqualTo(all.of(KeyUse.CWT_MAC));
        assertThat(jwt(after).retired()).hasSize(1);
    }

    @Test
    void aConfiguredKeyIsNotRotated() throws Exception {
        directory.writePrivate(
                "own.pem",
                JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom()).toPem());
        IssuerKeyStore store = store("jwt: {private-key: own.pem}\n");
        assertThat(store.rotations()).isEmpty();
        assertThat(store.open()).isEqualTo(KeyRings.NONE);
    }

    @Test
    void noRotationGetsLostAmongSeveralProcesses() throws Exception {
        IssuerKeyStore store = store("");
        store.open();
        int each = 5;
        List<Process> processes = List.of(start(each), start(each));
        StoreProcess.rotate(store, each);
        for (Process process : processes) {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        KeyRing ring = jwt(store.read());
        assertThat(ring.retired()).hasSize(3 * each);
        assertThat(ring.keys().stream().map(KeptKey::id)).doesNotHaveDuplicates();
    }

    private Process start(int times) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        temporary.resolve("gateway.yaml").toString(),
                        Integer.toString(times))
                .redirectErrorStream(true)
                .redirectOutput(temporary
                        .resolve("process-" + System.nanoTime() + ".log")
                        .toFile())
                .start();
    }

    @Test
    void severalPartsOfOneProcessWaitForEachOther() throws Exception {
        IssuerKeyStore one = store("");
        IssuerKeyStore other = store("");
        one.open();
        Thread thread = new Thread(() -> {
            try {
                StoreProcess.rotate(other, 10);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        StoreProcess.rotate(one, 10);
        thread.join();
        assertThat(jwt(one.read()).retired()).hasSize(20);
    }
}
