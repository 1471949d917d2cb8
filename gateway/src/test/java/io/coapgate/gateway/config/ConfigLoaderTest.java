package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.authz.Caching;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.coap.TransmissionParameters;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.discovery.Link;
import io.coapgate.gateway.dtls.CredentialMode;
import io.coapgate.gateway.exchange.CacheSettings;
import io.coapgate.gateway.issuing.TokenAudience;
import io.coapgate.gateway.issuing.TokenProtection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    private final Path temporary;
    private final ConfigDirectory directory;

    ConfigLoaderTest(@TempDir Path temporary) {
        this.temporary = temporary;
        this.directory = new ConfigDirectory(temporary);
    }

    @Test
    void readsTheSmallestConfigurationWithTheDefaultsOfTheSchema() throws Exception {
        GatewayConfig config = directory.gateway(ConfigDirectory.GATEWAY);
        assertThat(config.listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.address()).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5684));
            assertThat(listener.credentials()).containsExactly(CredentialMode.PSK);
            assertThat(listener.maxConnections()).isEqualTo(150_000);
        });
        assertThat(config.routes()).singleElement().satisfies(route -> {
            assertThat(route.authenticate()).isEqualTo(Route.Authentication.TOKEN);
            assertThat(route.requiredScopes()).isEqualTo(Map.of(CoapMethod.POST, ScopeSet.of("telemetry:write")));
            assertThat(route.maxBodyBytes()).isEqualTo(8192);
        });
        assertThat(config.stateDirectory()).isEqualTo(temporary.resolve("state"));
        assertThat(config.devicesFile()).isEqualTo(temporary.resolve("devices.yaml"));
        assertThat(config.admission().policy().leeway()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.admission().maxTokensPerSession()).isEqualTo(1);
        assertThat(config.jwt().settings().lifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.http().adminAddress())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8081));
        assertThat(config.upstreams().get(0).connections().maxResponseBytes()).isEqualTo(65_536);
        assertThat(config.drain()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.authorizationServer()).isEmpty();
    }

    @Test
    void eachListenerHasItsOwnTransmissionParametersWithTheDefaultsOfTheRfc() throws Exception {
        GatewayConfig config = directory.gateway(ConfigDirectory.GATEWAY.replace("upstreams:", """
                  - name: slow
                    address: 127.0.0.1
                    port: 5694
                    credentials: [psk]
                    coap: {ack-timeout: 10s, piggyback-window: 4s, max-block: 256}
                upstreams:"""));
        assertThat(config.coap().transmission())
                .containsEntry(
                        "psk",
                        new TransmissionParameters(
                                Duration.ofSeconds(2), 4, 1, Duration.ofSeconds(247), Duration.ofSeconds(1), 1024))
                .containsEntry(
                        "slow",
                        new TransmissionParameters(
                                Duration.ofSeconds(10), 4, 1, Duration.ofSeconds(435), Duration.ofSeconds(4), 256));
        assertThat(config.coap().blockLifetime()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {ack-timeout: 999ms} | 8:12: listeners[0].coap.ack-timeout: must be 1s or more; write, for example, 2s
        {ack-timeout: 2m} | 8:12: listeners[0].coap.ack-timeout: must be 60s or less; write, for example, 10s
        {piggyback-window: 2s} | 8:12: listeners[0].coap.piggyback-window: must be less than the ack-timeout of listener psk, 2s, or devices send again what is being answered; make this shorter or that longer
        {exchange-lifetime: 44s} | 8:12: listeners[0].coap.exchange-lifetime: devices may send a message again for 45s, by ack-timeout and max-retransmit, and it would be taken for a new one; write 46s or more
        {exchange-lifetime: 2d} | 8:12: listeners[0].coap.exchange-lifetime: must be 24h or less; leave it out, or write, for example, 247s
        {max-retransmit: 0} | 8:12: listeners[0].coap.max-retransmit: must be 1 or more
        {max-block: 100} | 8:12: listeners[0].coap.max-block: must be one of 16, 32, 64, 128, 256, 512, 1024
        {nstart: 0} | 8:12: listeners[0].coap.nstart: must be 1 or more
        """)
    void refusesTransmissionParametersThatWouldNotWork(String value, String problem) throws Exception {
        String spoilt = ConfigDirectory.GATEWAY.replace("[psk]\n", "[psk]\n    coap: " + value + "\n");
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt)))
                .singleElement()
                .asString()
                .startsWith("gateway.yaml:" + problem);
    }

    @Test
    void readsKeysOfAuthorizationServers() throws Exception {
        directory.writePrivate("as.key", "hex:" + "0f".repeat(32) + "\n");
        GatewayConfig config = directory.gateway(ConfigDirectory.GATEWAY + """
                        cwt:
                          authorization-server: coaps://as.example/token
                          issuers:
                            - issuer: coaps://as.example
                              keys:
                                - {kid: k1, algorithm: HMAC 256/256, secret: "file:as.key"}
                                - {algorithm: HMAC 256/64, secret: "base64:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}
                                - {algorithm: AES-CCM-16-64-128, secret: "0123456789abcdef"}
                        """);
        assertThat(config.authorizationServer()).contains("coaps://as.example/token");
        assertThat(config.admission().issuers())
                .singleElement()
                .satisfies(issuer -> assertThat(issuer.keys().current())
                        .extracting(key -> key.algorithm())
                        .containsExactly(
                                CoseAlgorithm.HMAC_256_256,
                                CoseAlgorithm.HMAC_256_64,
                                CoseAlgorithm.AES_CCM_16_64_128));
    }

    @Test
    void tokensNeedNoNonceUntilTheirFreshnessIsConfigured() throws Exception {
        assertThat(directory.gateway(ConfigDirectory.GATEWAY).tokenFreshness()).isEmpty();
        assertThat(directory
                        .gateway(ConfigDirectory.GATEWAY + "cwt: {freshness: 5m}\n")
                        .tokenFreshness())
                .contains(Duration.ofMinutes(5));
        assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY + "cwt: {freshness: 0s}\n")))
                .containsExactly("gateway.yaml:17:7: cwt.freshness: must be more than 0; write, for example, 5m");
    }

    @Test
    void theAuthorizationServerIsOffUntilItsSectionIsThere() throws Exception {
        assertThat(directory.gateway(ConfigDirectory.GATEWAY).issuing()).isEmpty();
        GatewayConfig config = directory.gateway(ConfigDirectory.GATEWAY + "authorization-server: {}\n");
        assertThat(config.issuing()).hasValueSatisfying(issuing -> {
            assertThat(issuing.issuer()).isEqualTo("https://gateway.example");
            assertThat(issuing.lifetime()).isEqualTo(Duration.ofHours(1));
        });
        assertThat(config.authorizationServer()).contains("coaps://gateway.example/token");
    }

    @Test
    void devicesAreSentToThePortOfTheFirstListenerUnlessToldOtherwise() throws Exception {
        String moved = ConfigDirectory.GATEWAY.replace("port: 5684", "port: 15684") + "authorization-server: {}\n";
        assertThat(directory.gateway(moved).authorizationServer()).contains("coaps://gateway.example:15684/token");
        String told = moved + "cwt: {authorization-server: coaps://as.example/token}\n";
        assertThat(directory.gateway(told).authorizationServer()).contains("coaps://as.example/token");
    }

    @Test
    void readsTheResourceServersThatTokensMayBeFor() throws Exception {
        directory.write("rs.pub.pem", Pem.encode(Devices.p256().getPublic()));
        GatewayConfig config = directory.gateway(ConfigDirectory.GATEWAY + """
                authorization-server:
                  audiences:
                    - {audience: a, scopes: [one, two], public-key: rs.pub.pem}
                    - {audience: b, scopes: [one], algorithm: HMAC 256/64, secret: "0123456789abcdef0123456789abcdef", derivation-secret: "0123456789abcdef"}
                    - {audience: c, scopes: [one], lifetime: 1m, kid: k1, algorithm: AES-CCM-16-64-128, secret: "0123456789abcdef"}
                """);
        List<TokenAudience> others = config.issuing().orElseThrow().others();
        assertThat(others).extracting(TokenAudience::name).containsExactly("a", "b", "c");
        assertThat(others.get(0).protection()).isEqualTo(new TokenProtection.Signed());
        assertThat(others.get(0).serverKey()).isPresent();
        assertThat(others.get(0).scopes()).isEqualTo(ScopeSet.of("one", "two"));
        assertThat(others.get(0).lifetime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(((TokenProtection.Maced) others.get(1).protection()).derivationKey())
                .isPresent();
        assertThat(((TokenProtection.Encrypted) others.get(2).protection())
                        .key()
                        .keyId())
                .contains(KeyId.ofUtf8("k1"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {audiences: [{audience: coapgate, scopes: [a], public-key: rs.pub.pem}]} | audiences[0].audience: is a name of the gateway itself; take it out: the gateway is one anyway
        {audiences: [{audience: b, scopes: [a], public-key: rs.pub.pem}, {audience: b, scopes: [a], public-key: rs.pub.pem}]} | audiences[1].audience: the one on line 17 has this name too; keep one of them
        {audiences: [{audience: b, scopes: []}]} | audiences[0].scopes: must not be empty
        {audiences: [{audience: b, scopes: [a]}]} | audiences[0].algorithm: has no way to a key that client and server could use; name the server's public-key, or share a secret with it for AES-CCM
        {audiences: [{audience: b, scopes: [a], secret: x}]} | audiences[0].algorithm: signs, which needs no secret; take the secret out, or choose an algorithm for it
        {audiences: [{audience: b, scopes: [a], algorithm: A128GCM}]} | audiences[0].algorithm: goes with a secret, which is missing; share one with the server
        {audiences: [{audience: b, scopes: [a], algorithm: A128GCM, secret: x}]} | audiences[0].secret: has 1 bytes; use 16 random bytes: openssl rand -hex 16
        {audiences: [{audience: b, scopes: [a], algorithm: A128GCM, secret: x, derivation-secret: x}]} | audiences[0].derivation-secret: goes with HMAC only; take it out
        {audiences: [{audience: b, scopes: [a], algorithm: HMAC 256/64, secret: x}]} | audiences[0].algorithm: has no way to a key that client and server could use; name the server's public-key, or share a derivation-secret with it
        {audiences: [{audience: b, scopes: [a], algorithm: HMAC 256/64, secret: x, derivation-secret: 0123456789abcdef}]} | audiences[0].secret: has 1 bytes; use 32 to 256 random bytes: openssl rand -hex 32
        {audiences: [{audience: b, scopes: [a], algorithm: HMAC 256/64, secret: 0123456789abcdef0123456789abcdef, derivation-secret: x}]} | audiences[0].derivation-secret: has 1 bytes; use 16 random bytes at least: openssl rand -hex 16
        {audiences: [{audience: b, scopes: [a], algorithm: HMAC 256/64, secret: 0123456789abcdef0123456789abcdef, derivation-secret: 0123456789abcdef0123456789abcdef}]} | audiences[0].derivation-secret: is the secret too; use 16 random bytes for nothing else, shared with the server: openssl rand -hex 16
        {audiences: [{audience: b, scopes: [a], lifetime: 0s, public-key: rs.pub.pem}]} | audiences[0].lifetime: must be more than 0; write, for example, 10m
        {audiences: [{audience: b, scopes: [a], public-key: no.pem}]} | audiences[0].public-key
        {lifetime: 0s} | authorization-server.lifetime: must be 1s or more; write, for example, 1h
        {lifetime: 25h} | authorization-server.lifetime: is more than cwt.max-lifetime, 24h, so that the gateway would refuse its own tokens; write 24h or less
        {issuer: ""} | authorization-server.issuer: must not be empty
        {issuer: coaps://as.example} | authorization-server.issuer: one of cwt.issuers has this name; give each authorization server its own
        {lifetimes: 1h} | authorization-server.lifetimes: unknown key; did you mean "lifetime"?
        true | authorization-server: must be a section with keys, not true or false
        """)
    void refusesAnAuthorizationServerThatWouldNotWork(String value, String problem) throws Exception {
        directory.write("rs.pub.pem", Pem.encode(Devices.p256().getPublic()));
        directory.writePrivate("as.key", "hex:" + "0f".repeat(32) + "\n");
        String spoilt = ConfigDirectory.GATEWAY + "authorization-server: " + value + """

                cwt:
                  issuers:
                    - issuer: coaps://as.example
                      keys: [{algorithm: HMAC 256/256, secret: "file:as.key"}]
                """;
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt)))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
        issuer: https://gateway.example | issuer: 5 | 1:1: issuer: must be text, not a number; write, for example, https://gateway.example
        issuer: https://gateway.example | issuer: http://gateway.example | 1:1: issuer: is not an https URL without query and fragment; write, for example, https://gateway.example
        audience: coapgate | audiance: coapgate | 2:1: audiance: unknown key; did you mean "audience"?
        audience: coapgate | audience: [] | 2:1: audience: must not be empty; write, for example, coapgate
        port: 5684 | port: 70000 | 6:5: listeners[0].port: must be 65535 or less
        port: 5684 | port: many | 6:5: listeners[0].port: must be a whole number, not text; write, for example, 5684
        address: 127.0.0.1 | address: localhost | 5:5: listeners[0].address: is not an IP address; write, for example, 127.0.0.1
        address: 127.0.0.1 | address: 224.0.1.187 | 5:5: listeners[0].address: is a multicast address, and coaps is unicast only; write, for example, 127.0.0.1
        address: 127.0.0.1 | address: "ff02::fd" | 5:5: listeners[0].address: is a multicast address, and coaps is unicast only; write, for example, 127.0.0.1
        address: 127.0.0.1 | address: 127.0.0.999 | 5:5: listeners[0].address: there is no such IP address; write, for example, 127.0.0.1
        credentials: [psk] | credentials: [pks] | 7:19: listeners[0].credentials[0]: must be one of psk, rpk, x509; did you mean "psk"?
        credentials: [psk] | credentials: [psk, psk] | 7:5: listeners[0].credentials: has the same entry twice; keep one of them
        credentials: [psk] | credentials: psk | 7:5: listeners[0].credentials: must be a list, not text; write, for example, [psk]
        url: http://127.0.0.1:9000 | url: http://127.0.0.1:9000/path | 10:5: upstreams.backend.url: is not a URL of the form http(s)://host[:port]; write, for example, http://127.0.0.1:9000
        url: http://127.0.0.1:9000 | url: http://127.0.0.1:99000 | 10:5: upstreams.backend.url: there is no such port; write, for example, http://127.0.0.1:9000
        url: http://127.0.0.1:9000 | urls: [http://a.example, https://b.example] | 10:5: upstreams.backend.urls: are http and https; let all of them be https
        url: http://127.0.0.1:9000 | urls: [http://a.example, http://a.example] | 10:5: upstreams.backend.urls: has the same entry twice; keep one of them
        url: http://127.0.0.1:9000 | urls: [http://a.example, http://A.example:80/] | 10:5: upstreams.backend.urls: name the same place twice; keep one of them
        url: http://127.0.0.1:9000 | urls: [http://a.example/x] | 10:12: upstreams.backend.urls[0]: is not a URL of the form http(s)://host[:port]; write, for example, http://127.0.0.1:9000
        url: http://127.0.0.1:9000 | urls: [http://a.example:99000] | 10:5: upstreams.backend.urls: there is no such port; write, for example, http://127.0.0.1:9000
        url: http://127.0.0.1:9000 | {url: "http://a.example", ejection: {for: 0s}} | 10:42: upstreams.backend.ejection.for: must be more than 0; write, for example, 30s
        url: http://127.0.0.1:9000 | {url: "http://a.example", tls: {}} | 10:31: upstreams.backend.tls: goes with https only; let the url be https, or take tls out
        url: http://127.0.0.1:9000 | {url: "http://a.example", http-version: "2", max-connections: 20000} | 10:50: upstreams.backend.max-connections: must be 10000 or less with HTTP/2; a few are enough, of max-streams requests each
        url: http://127.0.0.1:9000 | {url: "http://a.example", http-version: 2} | 10:31: upstreams.backend.http-version: must be text, not a number; put it in quotes
        url: http://127.0.0.1:9000 | {url: "http://a.example", breaker: {minimum: 101}} | 10:41: upstreams.backend.breaker.minimum: is more than the window; so many requests never count; make the window larger
        url: http://127.0.0.1:9000 | {url: "http://a.example", breaker: {open-for: 0s}} | 10:41: upstreams.backend.breaker.open-for: must be more than 0; write, for example, 10s
        url: http://127.0.0.1:9000 | {url: "http://a.example", health: {}} | 10:31: upstreams.backend.health.path: this key is missing; add, for example, path: /healthz
        url: http://127.0.0.1:9000 | {url: "http://a.example", health: {path: healthz}} | 10:40: upstreams.backend.health.path: is not a path that begins with /; write, for example, /healthz
        url: http://127.0.0.1:9000 | {url: "http://a.example", health: {path: /, interval: 10ms}} | 10:49: upstreams.backend.health.interval: must be 1s or more; write, for example, 10s
        url: http://127.0.0.1:9000 | {url: "http://a.example", health: {path: /, timeout: 0s}} | 10:49: upstreams.backend.health.timeout: must be more than 0; write, for example, 2s
        url: http://127.0.0.1:9000 | connect-timeout: 3s | 9:3: upstreams.backend: must have exactly one of url, urls
        path: /telemetry/** | path: /telemetry/**/x | 12:5: routes[0].path: is not a path template; write, for example, /telemetry/**
        path: /telemetry/** | path: /a/../b | 12:5: routes[0].path: is not a path template; no segment may be . or ..
        path: /telemetry/** | path: /.well-known/core | 12:5: routes[0].path: the gateway answers /.well-known itself; choose another path
        path: /telemetry/** | path: /token | 12:5: routes[0].path: the gateway answers /token itself; choose another path
        upstream: backend | upstream: backed | 13:5: routes[0].upstream: no upstream is called "backed"; did you mean "backend"?
        upstream: backend | upstream: zzz | 13:5: routes[0].upstream: no upstream is called "zzz"; known are backend
        POST: [telemetry:write] | POST: ["a b"] | 16:14: routes[0].methods.POST[0]: is not a scope; write, for example, telemetry:write
        POST: [telemetry:write] | LINK: [a] | 16:7: routes[0].methods.LINK: unknown key; known here: GET, POST, PUT, DELETE, FETCH, PATCH, iPATCH
        """)
    void saysWhereAMistakeIsAndWhatToWriteInstead(String before, String after, String problem) throws Exception {
        String spoilt = ConfigDirectory.GATEWAY.replace(before, after);
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt))).contains("gateway.yaml:" + problem);
    }

    @Test
    void aRangeCrossesAsItIsAndHasToFitAnAnswer() throws Exception {
        String spoilt = ConfigDirectory.GATEWAY
                .replace(
                        "    url: http://127.0.0.1:9000",
                        "    url: http://127.0.0.1:9000\n    max-response-bytes: 16KiB")
                .replace("    audience: https", "    download: range\n    codec: senml\n    audience: https");
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt)))
                .contains(
                        "gateway.yaml:16:5: routes[0].codec: can't convert a part of a body; take it out, or download: range",
                        "gateway.yaml:15:5: routes[0].download: range asks for 32KiB at a time, but"
                                + " upstreams.backend.max-response-bytes is less; make that 32KiB or more");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        issuer-keys: {publish-first: 5m} | 17:15: issuer-keys.publish-first: must be 6m or more: services may keep the key set for 5 minutes; write, for example, 1h
        issuer-keys: {rotate-every: 30m} | 17:15: issuer-keys.rotate-every: must be 1h or more, and no less than publish-first; write, for example, 90d
        issuer-keys: {rotate-every: soon} | 17:15: issuer-keys.rotate-every: is not a duration, or never; write, for example, 90d
        jwt: {lifetime: 5s} | 17:7: jwt.lifetime: must be 10s or more; write, for example, 5m
        jwt: {lifetime: 5} | 17:7: jwt.lifetime: must be text, not a number; write, for example, 5m
        jwt: {private-key: nope.pem} | 17:7: jwt.private-key: nope.pem does not exist; create it, or correct the path
        cwt: {leeway: 61s} | 17:7: cwt.leeway: must be 60s or less; write, for example, 30s
        cwt: {max-lifetime: 0s} | 17:7: cwt.max-lifetime: must be more than 0; write, for example, 24h
        limits: {max-in-flight: 0} | 17:10: limits.max-in-flight: must be 1 or more
        limits: {max-cached: 128KiB} | 17:1: limits.max-cached-per-device: is more than max-cached; make this smaller or that larger
        coap: {max-body: 2KiB} | 12:5: routes[0].max-body: is more than coap.max-body, so that such a body would never arrive; make this smaller or that larger
        coap: {piggyback-window: 2s} | 17:8: coap.piggyback-window: must be less than the ack-timeout of listener psk, 2s, or devices send again what is being answered; make this shorter or that longer
        coap: {block-lifetime: 0s} | 17:8: coap.block-lifetime: must be 1s or more; write, for example, 5m
        coap: {max-body: 5GiB} | 17:8: coap.max-body: is not a size; write, for example, 64KiB
        http: {admin: {port: 8080}} | 17:8: http.admin: has the address and port of http.public; give it another port
        dtls: {private-key: as.pub.pem} | 17:8: dtls.private-key: no block of the kind PRIVATE KEY or EC PRIVATE KEY; name a PEM private key; coapgate keygen makes one
        dtls: {private-key: open.pem} | 17:8: dtls.private-key: open.pem holds a secret that every user may read; chmod o-r it
        crypto: {provider: jkd} | 17:10: crypto.provider: must be one of auto, corretto, jdk; did you mean "jdk"?
        audience: twice | 17:1: audience: this key is here twice; it stands on line 2 already; keep one of them
        limits: *anchor | 17:9: limits: YAML aliases (*name) are not read; write the value out
        """)
    void refusesValuesThatTheSchemaCannotJudge(String line, String problem) throws Exception {
        directory.writePrivate("as.pub.pem", "nothing");
        directory.write("open.pem", "nothing");
        assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY + line + "\n")))
                .contains("gateway.yaml:" + problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {algorithm: ES256, secret: "SECRET"} | .algorithm: goes with the key public-key, which is missing; choose the algorithm that the key is for
        {algorithm: A256GCM, secret: "0123456789abcdef"} | .secret: has 16 bytes; use 32 random bytes: openssl rand -hex 32
        {algorithm: HMAC 512/512, secret: "0123456789abcdef"} | .secret: has 16 bytes; use 64 to 256 random bytes: openssl rand -hex 64
        {algorithm: ES256} | : must have exactly one of public-key, secret
        {algorithm: ES256, public-key: nope, secret: "SECRET"} | : must have exactly one of public-key, secret
        {algorithm: HMAC 256/256, secret: "SECRET"} | .secret: has 31 bytes; use 32 to 256 random bytes: openssl rand -hex 32
        {algorithm: HMAC 256/256, secret: "${SET}"} | .secret: has 31 bytes; use 32 to 256 random bytes: openssl rand -hex 32
        {algorithm: HMAC 256/256, secret: "hex:SECRET"} | .secret: what follows hex: can't be decoded; hex: takes pairs of 0-9 a-f
        {algorithm: HMAC 256/256, secret: "base64:SECRET"} | .secret: what follows base64: can't be decoded; base64: takes A-Z a-z 0-9 + / and = at the end
        {algorithm: HMAC 256/256, secret: "${UNSET}"} | .secret: the environment variable UNSET is not set; export UNSET=…
        {algorithm: HMAC 256/256, secret: "SECRET${SET}"} | .secret: ${NAME} must be the whole value, NAME of A-Z a-z 0-9 _; write text, hex:…, base64:…, ${NAME} or file:path
        {algorithm: HMAC 256/256, secret: "file:open.key"} | .secret: open.key holds a secret that every user may read; chmod o-r it
        {algorithm: HMAC 256/256, secret: "file:nope.key"} | .secret: nope.key does not exist; create it, or correct the path
        {algorithm: HMAC 256/256, secret: ["SECRET"]} | .secret: must be text, not a list; write, for example, ${AS_KEY}
        {algorithm: HMAC 256/256, secret: "SECRETSECRET", not-before: 2027-01-01T00:00:00Z, not-after: 2027-01-01T00:00:00Z} | .not-after: must be later than not-before
        {algorithm: HMAC 256/256, secret: "SECRETSECRET", not-after: 2027-02-30T00:00:00Z} | .not-after: there is no such time; write, for example, 2027-01-31T00:00:00Z
        {algorithm: HMAC 256/256, secrets: "SECRET"} | .secrets: unknown key; did you mean "secret"?
        """)
    void judgesKeysWithoutShowingThem(String key, String problem) throws Exception {
        directory.write("open.key", ConfigDirectory.SECRET);
        String text =
                ConfigDirectory.GATEWAY + "cwt:\n  issuers:\n    - issuer: coaps://as.example\n      keys:\n        - "
                        + key.replace("SECRET", ConfigDirectory.SECRET) + "\n";
        List<String> problems = directory.problemsOf(() -> directory.gateway(text));
        assertThat(problems)
                .anySatisfy(shown -> assertThat(shown)
                        .matches("gateway\\.yaml:21:\\d+: .*")
                        .endsWith("cwt.issuers[0].keys[0]" + problem));
        assertThat(problems).noneMatch(shown -> shown.contains(ConfigDirectory.SECRET));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {interval: 0s}               | observe.interval: must be more than 0 and at most the refresh; write, for example, 30s
        {interval: 20m}              | observe.interval: must be more than 0 and at most the refresh; write, for example, 30s
        {refresh: 0s}                | observe.refresh: must be more than 0 and at most 24h (RFC 7641 §4.5); write, for example, 15m
        {refresh: 25h}               | observe.refresh: must be more than 0 and at most 24h (RFC 7641 §4.5); write, for example, 15m
        {feed: push}                 | observe.feed: must be one of poll, events
        {feed: events, suffix: "/a b"} | observe.suffix: is not a path of up to four segments; write, for example, /events
        {feed: events, media-type: json} | observe.media-type: is not a media type; write, for example, application/json
        {intervall: 1s}              | observe.intervall: unknown key; did you mean "interval"?
        """)
    void checksHowChangesAreNoticed(String observe, String problem) throws Exception {
        String spoilt = ConfigDirectory.GATEWAY.replace(
                "    audience: https", "    observe: " + observe + "\n    audience: https");
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt)))
                .singleElement()
                .asString()
                .contains("routes[0]." + problem);
    }

    @Test
    void whatIsDownloadedByRangesCannotBeObserved() throws Exception {
        String spoilt = ConfigDirectory.GATEWAY
                .replace("127.0.0.1:9000", "127.0.0.1:9000\n    max-response-bytes: 1MiB")
                .replace("    audience: https", "    download: range\n    observe: {}\n    audience: https");
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt)))
                .singleElement()
                .asString()
                .endsWith(
                        "routes[0].observe: what is downloaded by ranges can't be observed; leave out this or download: range");
    }

    @Test
    void reportsAllMistakesAtOnce() throws Exception {
        String spoilt = ConfigDirectory.GATEWAY
                .replace("issuer:", "isuer:")
                .replace("upstream: backend", "upstream: other")
                .replace("port: 5684", "port: -1");
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt)))
                .containsExactly(
                        "gateway.yaml:1:1: isuer: unknown key; did you mean \"issuer\"?",
                        "gateway.yaml:1:1: issuer: this key is missing; add, for example, issuer: https://gateway.example",
                        "gateway.yaml:6:5: listeners[0].port: must be 0 or more",
                        "gateway.yaml:13:5: routes[0].upstream: no upstream is called \"other\"; known are backend");
    }

    @Test
    void refusesTwoListenersWithOneNameOrAddress() throws Exception {
        String second = "  - {name: psk, address: 127.0.0.1, port: 5684, credentials: [rpk]}\nupstreams:";
        assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY.replace("upstreams:", second))))
                .containsExactly(
                        "gateway.yaml:8:6: listeners[1].name: the listener on line 4 has this name too; choose another",
                        "gateway.yaml:8:37: listeners[1].port: the listener on line 5 has this address and port too;"
                                + " give each listener its own");
    }

    @Test
    void refusesTwoRoutesThatTakeTheSamePaths() throws Exception {
        String routes = """
                  - {path: "/a/{x}", upstream: backend, audience: b, methods: {GET: []}}
                  - {path: "/a/{y}", upstream: backend, audience: b, methods: {GET: []}}
                """;
        assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY + routes)))
                .containsExactly("gateway.yaml:18:6: routes[2].path: the route on line 17 takes the same paths;"
                        + " put both into one route");
    }

    @Test
    void readsWhatMayBeKept() throws Exception {
        GatewayConfig config = directory.gateway(ConfigDirectory.GATEWAY + "    cache: shared\n");
        assertThat(config.routes().get(0).translation().caching()).isEqualTo(Caching.SHARED);
        assertThat(config.cache()).isEqualTo(new CacheSettings(16 << 20, 256 << 10));
        assertThat(directory
                        .gateway(ConfigDirectory.GATEWAY)
                        .routes()
                        .get(0)
                        .translation()
                        .caching())
                .isEqualTo(Caching.NONE);
        String ranges = ConfigDirectory.GATEWAY + "    download: range\n    cache: private\n";
        assertThat(directory.problemsOf(() -> directory.gateway(ranges)))
                .containsExactly("gateway.yaml:18:5: routes[0].cache: nothing is kept of what comes in ranges; "
                        + "write none, or download: whole");
    }

    @Test
    void aRouteThatTakesOnePathIsALinkUnlessItSaysOtherwise() throws Exception {
        String routes = """
                  - {path: /a, upstream: backend, audience: x, methods: {GET: []}}
                  - {path: /b, upstream: backend, audience: x, methods: {GET: []}, links: []}
                  - {path: /c, upstream: backend, audience: x, methods: {GET: []}, links: [{ct: [40, 50], title: C}]}
                  - {path: "/d/{x}", upstream: backend, audience: x, methods: {GET: []}}
                """;
        GatewayConfig config = directory.gateway(ConfigDirectory.GATEWAY
                + "    links: [{path: /telemetry, rt: [t]}, {path: /telemetry/x, sz: 5}]\n" + routes);
        assertThat(config.links())
                .extracting(Link::text)
                .containsExactly(
                        "</telemetry>;rt=\"t\"", "</telemetry/x>;sz=5", "</a>", "</c>;ct=\"40 50\";title=\"C\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {path: /elsewhere} | 17:14: routes[0].links[0].path: the route /telemetry/** does not take this path; write one that the route takes
        {path: /telemetry/a} | 17:14: routes[0].links[0].path: the route /telemetry/** does not take this path; put the link to the route /telemetry/a, which does
        {path: /telemetry/..} | 17:14: routes[0].links[0].path: the route /telemetry/** does not take this path; write one that the route takes
        {path: /telemetry/**} | 17:14: routes[0].links[0].path: is not a path without variables; write, for example, /telemetry/temp
        {rt: [a]} | 17:13: routes[0].links[0].path: this key is missing, for the route takes many paths; add one that it takes
        {path: /telemetry/b, rt: [a b]} | 17:39: routes[0].links[0].rt[0]: is not a word of A-Z a-z 0-9 . _ ~ : / # % + -, a letter first; write, for example, temperature-c
        {path: /telemetry/b, ct: []} | 17:34: routes[0].links[0].ct: must not be empty; write, for example, [50]
        {path: /telemetry/b}, {path: /telemetry/b} | 17:36: routes[0].links[1].path: the link on line 17 has the same path; make one of both
        """)
    void saysWhichLinkIsWrong(String links, String problem) throws Exception {
        String routes = "    links: [" + links + "]\n"
                + "  - {path: /telemetry/a, upstream: backend, audience: x, methods: {GET: []}}\n";
        assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY + routes)))
                .containsExactly("gateway.yaml:" + problem);
    }

    @Test
    void aRouteForEverythingDoesNotTakeTheGatewaysOwnResources() throws Exception {
        String everything = ConfigDirectory.GATEWAY.replace("/telemetry/**", "/**") + "    links: [{path: /token}]\n";
        assertThat(directory.problemsOf(() -> directory.gateway(everything)))
                .containsExactly("gateway.yaml:17:14: routes[0].links[0].path: the route /** does not take this path; "
                        + "write one that the route takes");
    }

    @Test
    void boundsTheListOfLinks() throws Exception {
        StringBuilder routes = new StringBuilder();
        for (int route = 0; route < 10; route++) {
            routes.append("  - path: /r").append(route).append("/**\n    upstream: backend\n    audience: x\n");
            routes.append("    methods: {GET: []}\n    links:\n");
            for (int link = 0; link < 64; link++) {
                routes.append("      - {path: /r%d/%d, title: %s}\n".formatted(route, link, "x".repeat(128)));
            }
        }
        assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY + routes)))
                .singleElement()
                .asString()
                .contains("routes: the links of all routes make a list of", "bytes, more than 65536;");
    }

    @Test
    void refusesClaimsThatTheGatewaySetsItself() throws Exception {
        for (String claim : List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "scope", "cnf")) {
            String route = "    claims: {model: " + claim + "}\n";
            assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY + route)))
                    .containsExactly("gateway.yaml:17:14: routes[0].claims.model: " + claim
                            + " is set by the gateway alone; choose another claim name");
        }
    }

    @Test
    void refusesX509WithoutCertificates() throws Exception {
        String spoilt = ConfigDirectory.GATEWAY.replace("[psk]", "[x509]");
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt)))
                .containsExactly("gateway.yaml:7:5: listeners[0].credentials: x509 needs the key dtls.certificates,"
                        + " which is missing; add it, or take x509 out");
    }

    @Test
    void refusesASigningKeyOfAnotherAlgorithm() throws Exception {
        directory.writePrivate(
                "jwt.pem",
                JwtSigningKey.generate(JwtAlgorithm.EDDSA, new SecureRandom()).toPem());
        assertThat(directory.problemsOf(
                        () -> directory.gateway(ConfigDirectory.GATEWAY + "jwt: {private-key: jwt.pem}\n")))
                .containsExactly("gateway.yaml:17:7: jwt.private-key: is a key for EdDSA, not ES256;"
                        + " set jwt.algorithm: EdDSA, or name another key");
    }

    @Test
    void showsNothingOfAKeyThatStandsWhereItsPathBelongs() throws Exception {
        String pasted =
                "dtls:\n  private-key: |\n    -----BEGIN PRIVATE KEY-----\n    " + ConfigDirectory.SECRET + "\n";
        assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY + pasted)))
                .containsExactly(
                        "gateway.yaml:18:3: dtls.private-key: is not a path; write, for example," + " keys/server.pem");
    }

    @Test
    void refusesAFileThatIsMissingOrTooLong() throws Exception {
        ConfigLoader loader = new ConfigLoader(Map.of());
        assertThat(directory.problemsOf(() -> loader.load(temporary.resolve("nope.yaml"))))
                .containsExactly("nope.yaml: does not exist; create it, or correct the path");
        assertThat(directory.problemsOf(() -> directory.gateway("#".repeat(1024 * 1024 + 1))))
                .containsExactly("gateway.yaml: is longer than 1048576 bytes; is it the right file?");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a: b\\n  c: SECRET | 2:4: this is not YAML; the indentation is off; or a text with a colon in it needs quotes
        a: [SECRET\\n | 2:1: this is not YAML; a [ needs its ]
        a:\\n\\tb: SECRET | 2:1: this is not YAML; indent with spaces, not with tabs
        a: "SECRET\\n | 2:1: this is not YAML; a quoted text needs its closing quote
        ? [SECRET]\\n: 1 | 1:3: this is not YAML that can be read here; check the lines around it
        """)
    void explainsBrokenYamlWithoutQuotingIt(String text, String problem) throws IOException {
        String yaml = text.replace("\\n", "\n").replace("\\t", "\t").replace("SECRET", ConfigDirectory.SECRET);
        assertThat(directory.problemsOf(() -> directory.gateway(yaml))).containsExactly("gateway.yaml:" + problem);
    }

    @Test
    void refusesSeveralDocumentsAndDeepNesting() throws Exception {
        assertThat(directory.problemsOf(() -> directory.gateway(ConfigDirectory.GATEWAY + "---\na: b\n")))
                .containsExactly("gateway.yaml:18:1: a second YAML document begins here; keep one per file");
        assertThat(directory.problemsOf(() -> directory.gateway("a: " + "[".repeat(50))))
                .containsExactly("gateway.yaml:1:20: nested too deeply; nothing here needs more than 16");
    }
}
