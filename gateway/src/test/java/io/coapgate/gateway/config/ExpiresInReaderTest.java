package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.gateway.token.ExpiresInSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiresInReaderTest {
    private final ConfigDirectory directory;

    ExpiresInReaderTest(@TempDir Path temporary) {
        this.directory = new ConfigDirectory(temporary);
    }

    private GatewayConfig load(String issuer) throws IOException, ConfigException {
        return directory.gateway(ConfigDirectory.GATEWAY + "cwt: {max-lifetime: 12h, issuers: [{issuer: as, keys: "
                + "[{algorithm: HMAC 256/64, secret: 0123456789abcdef0123456789abcdef}]" + issuer + "}]}\n");
    }

    @Test
    void noIssuersTokensMayLiveFromTheirArrivalUnlessItSaysSo() throws Exception {
        assertThat(load("").expiresIn()).isEmpty();
        assertThat(load("").admission().policy().acceptExpiresIn()).isFalse();
    }

    @Test
    void anEmptySectionHasDefaults() throws Exception {
        GatewayConfig config = load(", expires-in: {}");
        assertThat(config.expiresIn())
                .containsEntry(
                        "as",
                        new ExpiresInSettings(
                                new TokenNumbering("coapgate", TokenNumbering.Form.BINARY),
                                Duration.ofHours(1),
                                10_000));
        assertThat(config.admission().policy().acceptExpiresIn()).isTrue();
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        String section = ", expires-in: {resource-server: gw1, number: digits, max-lifetime: 10m, max-tokens: 5}";
        assertThat(load(section).expiresIn())
                .containsEntry(
                        "as",
                        new ExpiresInSettings(
                                new TokenNumbering("gw1", TokenNumbering.Form.DIGITS), Duration.ofMinutes(10), 5));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        max-lifetime: 500ms   | .max-lifetime: must be 1s or more; write, for example, 1h
        max-lifetime: 13h     | .max-lifetime: is more than cwt.max-lifetime, 12h; write 12h or less
        max-tokens: 0         | .max-tokens: must be 1 or more
        number: roman         | .number: must be one of binary, digits
        resource-server: üüüüüüüüüüüüüüüüüüüüüüüüüüüü | .resource-server: the resource server's name has 56 bytes, and a number has to fit into cti behind it; use a name of 54 bytes at most
        """)
    void whatIsWrongIsSaid(String keys, String problem) throws Exception {
        assertThat(directory.problemsOf(() -> load(", expires-in: {" + keys + "}")))
                .singleElement()
                .satisfies(shown -> assertThat(shown).endsWith("cwt.issuers[0].expires-in" + problem));
    }

    private GatewayConfig issuing(String audience) throws IOException, ConfigException {
        return directory.gateway(
                ConfigDirectory.GATEWAY + "authorization-server: {audiences: [{scopes: [on], algorithm: "
                        + "HMAC 256/256, secret: 0123456789abcdef0123456789abcdef, derivation-secret: 0123456789abcdef, "
                        + audience + "}]}\n");
    }

    private Optional<TokenNumbering> numbering(String audience) throws IOException, ConfigException {
        return issuing(audience).issuing().orElseThrow().others().get(0).numbering();
    }

    @Test
    void anAudienceMayHaveItsTokensNumbered() throws Exception {
        assertThat(numbering("audience: lamp")).isEmpty();
        assertThat(numbering("audience: lamp, expires-in: {}"))
                .contains(new TokenNumbering("lamp", TokenNumbering.Form.BINARY));
        assertThat(numbering("audience: lamp, expires-in: {number: digits}"))
                .contains(new TokenNumbering("lamp", TokenNumbering.Form.DIGITS));
    }

    @Test
    void theNameOfSuchAnAudienceFitsIntoCti() throws Exception {
        String name = "l".repeat(55);
        assertThat(directory.problemsOf(() -> issuing("audience: " + name + ", expires-in: {}")))
                .singleElement()
                .satisfies(shown -> assertThat(shown)
                        .contains(
                                "authorization-server.audiences[0].audience: the resource server's name has 55 bytes"));
    }
}
