package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKeySetTest {
    private final Path file;
    private final ConfigDirectory directory;

    FileKeySetTest(@TempDir Path temporary) {
        this.file = temporary.resolve("as.cks");
        this.directory = new ConfigDirectory(temporary);
    }

    private static byte[] set(String kid) throws Exception {
        CoseKey key = CoseKey.ofPublicKey(Devices.p256().getPublic()).withKeyId(KeyId.ofUtf8(kid));
        return CoseKeySet.ofPublicKeys(List.of(key)).encode();
    }

    private GatewayConfig load(String keySet) throws IOException, ConfigException {
        return directory.gateway(ConfigDirectory.GATEWAY + "cwt: {issuers: [{issuer: as, key-set: " + keySet + "}]}\n");
    }

    private static void assertKey(FileKeySet set, String kid) {
        assertThat(set.current())
                .singleElement()
                .satisfies(key -> assertThat(key.keyId()).isEqualTo(Optional.of(KeyId.ofUtf8(kid))));
    }

    @Test
    void takesOverAChangeThatHasBeenLeftAloneBetweenTwoLooks() throws Exception {
        Files.write(file, set("k1"));
        GatewayConfig config = load("{file: as.cks}");
        FileKeySet set = config.trust().keyFiles().get(0);
        assertThat(config.admission().issuers())
                .singleElement()
                .satisfies(issuer -> assertThat(issuer.keys()).isSameAs(set));
        assertKey(set, "k1");
        Files.write(file, set("k2"));
        set.look();
        assertKey(set, "k1");
        set.look();
        assertKey(set, "k2");
    }

    @Test
    void aChangeThatCantBeUsedLeavesTheKeysAsTheyWere() throws Exception {
        Files.write(file, set("k1"));
        FileKeySet set = load("{file: as.cks}").trust().keyFiles().get(0);
        Files.write(file, new byte[] {1});
        set.look();
        set.look();
        assertKey(set, "k1");
        Files.delete(file);
        set.look();
        set.look();
        assertKey(set, "k1");
        Files.write(file, set("k3"));
        set.look();
        set.look();
        assertKey(set, "k3");
    }

    @Test
    void readsTheUrlOfAKeySetWithItsDefaults() throws Exception {
        assertThat(load("{url: \"https://as.example/keys?x=1\"}").trust().keySets())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.issuer()).isEqualTo("as");
                    assertThat(one.url()).hasToString("https://as.example/keys?x=1");
                    assertThat(one.maxBytes()).isEqualTo(32 * 1024);
                    assertThat(one.minRefresh()).hasSeconds(30);
                });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {file: nope.cks}                                      | .file: nope.cks does not exist; create it, or correct the path
        {file: gateway.yaml}                                  | .file: bytes after the end of the CBOR item; name a COSE_KeySet or a JWKS of public keys
        {url: "http://as.example/keys"}                       | .url: anybody on the way could change what comes from there; let the url be https
        {url: "http://127.0.0.1.example/keys"}                | .url: anybody on the way could change what comes from there; let the url be https
        {url: "https://user@as.example/keys"}                 | .url: is not an http(s) URL with a host; write, for example, https://as.example/keys
        {url: "https://as example/"}                          | .url: is not an http(s) URL without spaces and fragment; write, for example, https://as.example/keys
        {url: "https://as.example/%"}                         | .url: is not a URL; write, for example, https://as.example/keys
        {url: "http://localhost:1/", tls: {}}                 | .tls: goes with https only; let the url be https, or take tls out
        {url: "https://as.example", min-refresh: 10ms}        | .min-refresh: must be 1s or more; write, for example, 30s
        {url: "https://as.example", max-refresh: 10s}         | .max-refresh: is shorter than min-refresh; write, for example, 1h
        {url: "https://as.example", max-stale: 10m}           | .max-stale: is shorter than max-refresh; write, for example, 24h
        {url: "https://as.example", timeout: 0s}              | .timeout: must be more than 0; write, for example, 5s
        {url: "https://as.example", max-bytes: 64KiB}         | .max-bytes: must be 1 to 65535; write, for example, 32KiB
        """)
    void judgesWhereAKeySetIs(String keySet, String problem) throws Exception {
        assertThat(directory.problemsOf(() -> load(keySet)))
                .singleElement()
                .satisfies(shown -> assertThat(shown).endsWith("cwt.issuers[0].key-set" + problem));
    }
}
