package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.coap.UploadPortSettings;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.token.HandshakeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of the DTLS profile: of listeners, of issuers, and of the tokens that wait. */
class HandshakesReaderTest {
    private static final String KEYS = "keys: [{algorithm: HMAC 256/64, secret: 0123456789abcdef0123456789abcdef}]";
    private static final String TAKES = "access-tokens: true";

    private final ConfigDirectory directory;

    HandshakesReaderTest(@TempDir Path temporary) {
        this.directory = new ConfigDirectory(temporary);
    }

    /** @param listener keys of the only one, on line 4 */
    private GatewayConfig load(String listener, String cwt) throws IOException, ConfigException {
        return directory.gateway(
                ConfigDirectory.GATEWAY.replace("credentials: [psk]", "credentials: [psk]\n    " + listener) + "cwt: {"
                        + cwt + "}\n");
    }

    private static String issuer(String keys) {
        return "issuers: [{issuer: as, " + KEYS + (keys.isEmpty() ? "" : ", " + keys) + "}]";
    }

    @Test
    void nothingOfItIsOnByDefaultAndTheBoundsAreTheSchemas() throws Exception {
        GatewayConfig config = load("max-connections: 1000", issuer(""));
        assertThat(config.listeners()).noneMatch(listener -> listener.accessTokens());
        assertThat(config.uploadPorts()).isEmpty();
        assertThat(config.handshakes())
                .isEqualTo(new HandshakeSettings(10_000, 100, Duration.ofMinutes(10), Map.of(), Map.of()));
    }

    @Test
    void readsWhatIsSaid() throws Exception {
        GatewayConfig config = load(
                TAKES + "\n    authz-info: {port: 5683, uploads-per-second: 7, uploads-per-minute-and-address: 3}",
                issuer("devices: any, tenant: field, derivation-key: \"${SET}\"")
                        + ", waiting: {max: 20, max-per-address: 5, unused-for: 30s}");
        assertThat(config.listeners()).allMatch(listener -> listener.accessTokens());
        assertThat(config.uploadPorts())
                .containsExactly(new UploadPortSettings(
                        "psk", new InetSocketAddress(InetAddress.getLoopbackAddress(), 5683), 7, 3));
        HandshakeSettings read = config.handshakes();
        assertThat(read.ownDevices()).isEqualTo(Map.of("as", new Tenant("field")));
        assertThat(read.derivationKeys()).containsOnlyKeys("as");
        assertThat(read.maxTokens()).isEqualTo(20);
        assertThat(read.maxPerSource()).isEqualTo(5);
        assertThat(read.unusedFor()).isEqualTo(Duration.ofSeconds(30));
        assertThat(read.toString()).doesNotContain(ConfigDirectory.SECRET);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        access-tokens: perhaps                      | listeners[0].access-tokens: must be true or false, not text; write, for example, false
        authz-info: {}                              | listeners[0].authz-info.port: this key is missing; add, for example, port: 5683
        authz-info: {port: 70000}                   | listeners[0].authz-info.port: must be 65535 or less
        authz-info: {port: 1, uploads-per-second: 0} | listeners[0].authz-info.uploads-per-second: must be 1 or more
        authz-info: {port: 1, uploads-per-minute-and-address: 0} | listeners[0].authz-info.uploads-per-minute-and-address: must be 1 or more
        authz-info: {port: 1, uploads: 1}           | listeners[0].authz-info.uploads:
        authz-info: {port: 5684}                    | listeners[0].authz-info.port: the listener on line 5 has this address and port too; give each listener its own
        """)
    void judgesListeners(String listener, String problem) throws Exception {
        assertThat(directory.problemsOf(() -> load(listener, issuer(""))))
                .singleElement()
                .satisfies(
                        shown -> assertThat(shown).startsWith("gateway.yaml:8:").contains(problem.strip()));
    }

    @Test
    void noTokenIsACertificate() throws Exception {
        assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY.replace(
                        "credentials: [psk]", "credentials: [x509]\n    access-tokens: true"))))
                .anyMatch(shown ->
                        shown.endsWith("listeners[0].access-tokens: goes with psk or rpk, as no token's key is "
                                + "a certificate; take it out, or add one of them to credentials"));
    }

    @Test
    void twoUploadPortsCantBeOne() throws Exception {
        String second = """
                authz-info: {port: 5683}
                  - name: other
                    address: 127.0.0.1
                    port: 5685
                    credentials: [psk]
                    authz-info: {port: 5683}""";
        assertThat(directory.problemsOf(() -> load(second, issuer(""))))
                .singleElement()
                .satisfies(shown -> assertThat(shown)
                        .endsWith("listeners[1].authz-info.port: the listener on line 8 has this address and port too; "
                                + "give each listener its own"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        tenant: field                               | .tenant: goes with devices: any; leave it out: enrolled devices have their own
        derivation-key: short                       | .derivation-key: has 5 bytes; use 16 random bytes at least: openssl rand -hex 16
        derivation-key: "${UNSET}"                  | .derivation-key:
        devices: all                                | .devices:
        'devices: any, tenant: "a b"'               | .tenant:
        """)
    void judgesIssuers(String keys, String problem) throws Exception {
        assertThat(directory.problemsOf(() -> load(TAKES, issuer(keys))))
                .singleElement()
                .satisfies(shown -> assertThat(shown)
                        .startsWith("gateway.yaml:")
                        .contains("cwt.issuers[0]" + problem.strip())
                        .doesNotContain("short"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        devices: any                                | .devices: any goes with a listener that takes access tokens, and there is none; write access-tokens: true at a listener, or leave this out
        derivation-key: "${SET}"                    | .derivation-key: is for pre-shared keys of tokens, which no listener takes; write access-tokens: true at a listener for psk, or leave this out
        """)
    void whatNoListenerMakesUseOfIsAMistake(String keys, String problem) throws Exception {
        assertThat(directory.problemsOf(() -> load("max-connections: 1000", issuer(keys))))
                .singleElement()
                .satisfies(shown -> assertThat(shown).endsWith("cwt.issuers[0]" + problem));
    }

    /** However it is written, and of whichever issuer the key is. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        0123456789abcdef0123456789abcdef
        hex:3031323334353637383961626364656630313233343536373839616263646566
        base64:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=
        """)
    void whatProtectsTokensDerivesNoKeys(String secret) throws Exception {
        String own = """
                cwt:
                  issuers:
                  - issuer: a
                    keys:
                    - {algorithm: HMAC 256/64, secret: ffffffffffffffffffffffffffffffff}
                    derivation-key: "%s"
                  - issuer: b
                    keys:
                    - {algorithm: HMAC 256/64, secret: 0123456789abcdef0123456789abcdef}
                """.formatted(secret);
        String gateway = ConfigDirectory.GATEWAY.replace("credentials: [psk]", "credentials: [psk]\n    " + TAKES);
        int line = gateway.split("\n").length;
        assertThat(directory.problemsOf(() -> directory.gateway(gateway + own)))
                .singleElement()
                .satisfies(
                        shown -> assertThat(shown)
                                .startsWith("gateway.yaml:" + (line + 6) + ":")
                                .endsWith(
                                        "cwt.issuers[0].derivation-key: is the secret of the key on line " + (line + 9)
                                                + " too; use 16 random bytes for nothing else, shared with the issuer: openssl rand -hex 16"));
    }

    @Test
    void oneIssuerAtMostHasDevicesOfItsOwn() throws Exception {
        String two = "issuers: [{issuer: a, devices: any, %1$s}, {issuer: b, devices: any, %1$s}]".formatted(KEYS);
        assertThat(directory.problemsOf(() -> load(TAKES, two)))
                .singleElement()
                .satisfies(shown -> assertThat(shown)
                        .endsWith(
                                "cwt.issuers[1].devices: another issuer has devices of its own already, and their names "
                                        + "could be the same; write enrolled here or there"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        max: 0                                      | .max: must be 1 or more
        max-per-address: 0                          | .max-per-address: must be 1 or more
        unused-for: 0s                              | .unused-for: must be more than 0; write, for example, 10m
        unused-for: 10                              | .unused-for: must be text, not a number; write, for example, 10m
        'max: 10, max-per-address: 11'              | .max-per-address: is more than max; make this smaller or that larger
        """)
    void judgesTheTokensThatWait(String keys, String problem) throws Exception {
        assertThat(directory.problemsOf(() -> load(TAKES, issuer("") + ", waiting: {" + keys + "}")))
                .singleElement()
                .satisfies(shown ->
                        assertThat(shown).startsWith("gateway.yaml:18:").contains("cwt.waiting" + problem.strip()));
    }
}
