package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.trust.IntrospectionAccess;
import io.coapgate.gateway.trust.IntrospectionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrospectionReaderTest {
    private final ConfigDirectory directory;

    IntrospectionReaderTest(@TempDir Path temporary) {
        this.directory = new ConfigDirectory(temporary);
    }

    private GatewayConfig load(String keys) throws IOException, ConfigException {
        return directory.gateway(
                ConfigDirectory.GATEWAY + "cwt: {issuers: [{issuer: taken, keys: [{algorithm: HMAC 256/64, "
                        + "secret: 0123456789abcdef0123456789abcdef}]}], introspection: {" + keys + "}}\n");
    }

    private IntrospectionSettings settings(String keys) throws IOException, ConfigException {
        return load(keys).trust().introspection().orElseThrow();
    }

    @Test
    void readsAnHttpsEndpointWithItsDefaults() throws Exception {
        IntrospectionSettings settings =
                settings("issuer: as, url: \"https://as.example/i\", client-id: gw, client-secret: \"${SET}\"");
        assertThat(settings.access()).isInstanceOfSatisfying(IntrospectionAccess.Http.class, http -> {
            assertThat(http.url()).hasToString("https://as.example/i");
            assertThat(http.credentials().orElseThrow().clientId()).isEqualTo("gw");
            assertThat(http.toString()).doesNotContain(ConfigDirectory.SECRET);
        });
        assertThat(settings.bounds())
                .isEqualTo(new IntrospectionSettings.Bounds(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        Duration.ofSeconds(10),
                        100_000,
                        16));
    }

    @Test
    void readsACoapsEndpoint() throws Exception {
        assertThat(settings("issuer: as, url: \"coaps://as.example/i\", psk: {identity: gw, key: \"${SET}\"}")
                        .access())
                .isInstanceOfSatisfying(
                        IntrospectionAccess.Coaps.class,
                        coaps -> assertThat(coaps.credential()).isInstanceOf(IntrospectionAccess.PreSharedKey.class));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        issuer: as, url: "http://as.example/"                                | .url: anybody on the way could change what comes from there; let the url be https
        issuer: taken, url: "https://as.example/"                            | .issuer: one of cwt.issuers has this name; give each authorization server its own
        issuer: as, url: "https://as.example/", client-id: gw                | .client-secret: this key is missing; client-id and client-secret go together
        issuer: as, url: "https://as.example/", recheck: 100ms               | .recheck: must be 1s or more; write, for example, 5m
        issuer: as, url: "https://as.example/", max-stale: 1m                | .max-stale: is shorter than recheck; write, for example, 1h
        issuer: as, url: "https://as.example/", timeout: 0s                  | .timeout: must be more than 0; write, for example, 5s
        issuer: as, url: "https://as.example/", psk: {identity: gw, key: k}  | .psk: goes with a coaps url only; take it out, or change the url
        issuer: as, url: "coaps://as.example/i"                              | .url: needs a credential of the gateway, psk or rpk; add psk: {identity: …, key: …}
        issuer: as, url: "coaps://as.example/i?x", psk: {identity: gw, key: k} | .url: is not a coaps URL with a host and a path; write, for example, coaps://as.example/introspect
        issuer: as, url: "coaps://as.example/i", tls: {}, psk: {identity: gw, key: k} | .tls: goes with https only; take it out, or change the url
        issuer: as, url: "ftp://as.example/i"                                | .url: is not an https or coaps URL without spaces and fragment; write, for example, https://as.example/introspect
        """)
    void judgesWhoIsAsked(String keys, String problem) throws Exception {
        assertThat(directory.problemsOf(() -> load(keys)))
                .singleElement()
                .satisfies(shown -> assertThat(shown).endsWith("cwt.introspection" + problem));
    }
}
