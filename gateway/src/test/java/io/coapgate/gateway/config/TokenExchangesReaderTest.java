package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.oauth.AudienceParameter;
import io.coapgate.gateway.oauth.ClientSettings;
import io.coapgate.gateway.oauth.Grant;
import io.coapgate.gateway.oauth.OAuthSettings;
import io.coapgate.gateway.upstream.TokenExchangeName;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenExchangesReaderTest {
    private static final String EXCHANGE = ConfigDirectory.GATEWAY + """
            token-exchange:
              corporate:
                grant: token-exchange
                issuer: https://idp.example
                client: {id: coapgate, secret: "${SET}"}
            """;

    private final ConfigDirectory directory;

    TokenExchangesReaderTest(@TempDir Path temporary) {
        this.directory = new ConfigDirectory(temporary);
    }

    @Test
    void readsTheSmallestWithTheDefaultsOfTheSchema() throws Exception {
        OAuthSettings settings = directory.gateway(EXCHANGE).tokenExchanges().get(0);
        assertThat(settings.grant()).isEqualTo(Grant.TOKEN_EXCHANGE);
        assertThat(settings.server().issuer()).contains(URI.create("https://idp.example"));
        assertThat(settings.server().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.server().maxConcurrent()).isEqualTo(16);
        assertThat(settings.client())
                .isInstanceOfSatisfying(
                        ClientSettings.WithSecret.class,
                        client -> assertThat(client.method()).isEqualTo(ClientSettings.SecretMethod.BASIC));
        assertThat(settings.message().audienceParameter()).isEqualTo(AudienceParameter.AUDIENCE);
        assertThat(settings.message().scope().text()).isEqualTo("{scopes}");
        assertThat(settings.answer().acceptsOpaque()).isFalse();
        assertThat(settings.toString()).doesNotContain(ConfigDirectory.SECRET);
    }

    @Test
    void aRouteTakesTheOneThatItNamesOrElseTheOneThatListsItsAudience() throws Exception {
        String listed = EXCHANGE + "    audiences: [https://backend.example]\n";
        TokenExchangeName corporate = new TokenExchangeName("corporate");
        assertThat(directory.gateway(EXCHANGE).routes().get(0).tokenExchange()).isEmpty();
        assertThat(directory.gateway(listed).routes().get(0).tokenExchange()).contains(corporate);
        assertThat(directory
                        .gateway(EXCHANGE.replace("    methods:", "    token-exchange: corporate\n    methods:"))
                        .routes()
                        .get(0)
                        .tokenExchange())
                .contains(corporate);
        assertThat(directory
                        .gateway(listed.replace("    methods:", "    token-exchange: local\n    methods:"))
                        .routes()
                        .get(0)
                        .tokenExchange())
                .isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        grant: token-exchange | grant: password | 19:5: token-exchange.corporate.grant: must be one of token-exchange, jwt-bearer, client-credentials
        corporate: | local: | 18:3: token-exchange.local: is what routes call the gateway's own signer; choose another name
        https://idp.example | http://idp.example | 20:5: token-exchange.corporate.issuer: secrets and tokens would cross the network in the clear; write https; http is for 127.0.0.1, [::1] and localhost only
        https://idp.example | idp.example | 20:5: token-exchange.corporate.issuer: is not an https URL without query and fragment; write, for example, https://idp.example
        https://idp.example | https://idp.example:99999 | 20:5: token-exchange.corporate.issuer: is not a URL with a host; write, for example, https://idp.example
        issuer: https://idp.example | timeout: 5s | 18:3: token-exchange.corporate: must have exactly one of issuer, token-endpoint
        {id: coapgate, secret: "${SET}"} | {secret: "${SET}"} | 21:5: token-exchange.corporate.client.id: this key is missing; add, for example, id: coapgate
        {id: coapgate, secret: "${SET}"} | {id: coapgate} | 21:5: token-exchange.corporate.client.secret: this key is missing; add, for example, secret: file:secrets/idp.secret
        {id: coapgate, secret: "${SET}"} | {id: coapgate, secret: "${NOT}"} | 21:28: token-exchange.corporate.client.secret: the environment variable NOT is not set; export NOT=…
        {id: coapgate, secret: "${SET}"} | {id: coapgate, secret: "hex:00"} | 21:28: token-exchange.corporate.client.secret: has characters that no client secret has (RFC 6749 appendix A.2); copy it again: printable ASCII, no line break in it
        {id: coapgate, secret: "${SET}"} | {id: coapgate, authentication: private_key_jwt} | 21:5: token-exchange.corporate.client.private-key: this key is missing; add, for example, private-key: keys/idp-client.pem
        {id: coapgate, secret: "${SET}"} | {id: coapgate, authentication: private_key_jwt, private-key: nope.pem} | 21:61: token-exchange.corporate.client.private-key: nope.pem does not exist; create it, or correct the path
        {id: coapgate, secret: "${SET}"} | {id: coapgate, authentication: tls_client_auth, secret: "${SET}"} | 21:61: token-exchange.corporate.client.secret: is of no use with tls_client_auth; take it out, or change authentication
        {id: coapgate, secret: "${SET}"} | {id: coapgate, authentication: tls_client_auth} | 21:28: token-exchange.corporate.client.authentication: tls_client_auth shows the certificate of the connection, and there is none; name tls.certificate and tls.private-key of this token exchange
        {id: coapgate, secret: "${SET}"} | {of: device, id: coapgate} | 21:26: token-exchange.corporate.client.id: goes with of: gateway; take it out; devices.yaml has it under oauth
        {id: coapgate, secret: "${SET}"} | {of: device, authentication: private_key_jwt} | 21:26: token-exchange.corporate.client.authentication: devices have a secret each, no key; write client_secret_basic or client_secret_post
        """)
    void saysWhereAMistakeIsAndWhatToWriteInstead(String before, String after, String problem) throws Exception {
        assertThat(directory.problemsOf(() -> directory.gateway(EXCHANGE.replace(before, after))))
                .contains("gateway.yaml:" + problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        timeout: 0s | timeout: must be more than 0; write, for example, 5s
        timeout: 2m | timeout: must be 60s or less; write, for example, 5s
        scope: "{scope}" | scope: has braces that nothing fills; write {device}, {tenant}, {audience} or {scopes}
        parameters: {x: "{"} | parameters.x: has braces that nothing fills; write {device}, {tenant}, {audience} or {scopes}
        parameters: {grant_type: x} | parameters.grant_type: is said by the gateway itself; choose another parameter
        max-concurrent: 0 | max-concurrent: must be 1 or more
        tls: {trust: nope.pem} | tls.trust: nope.pem does not exist; create it, or correct the path
        """)
    void checksEveryKey(String line, String problem) throws Exception {
        assertThat(directory.problemsOf(() -> directory.gateway(EXCHANGE + "    " + line + "\n")))
                .singleElement()
                .asString()
                .endsWith(" token-exchange.corporate." + problem);
    }

    @Test
    void whatGoesWithTokenExchangeOnlyIsNotSilentlyIgnored() throws Exception {
        String spoilt = EXCHANGE.replace("grant: token-exchange", "grant: jwt-bearer") + "    actor-token: true\n";
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt)))
                .containsExactly(
                        "gateway.yaml:22:5: token-exchange.corporate.actor-token: goes with grant: token-exchange only; take it out");
    }

    @Test
    void warnsOfDevicesThatMayUseARouteAndWillGetNoTokenThere() throws Exception {
        GatewayConfig config = directory.gateway(EXCHANGE.replace("{id: coapgate, secret: \"${SET}\"}", "{of: device}")
                .replace("    methods:", "    authenticate: session\n    token-exchange: corporate\n    methods:"));
        directory.devices("""
                devices:
                  - {id: d1, scopes: [telemetry:write], oauth: {client-id: c1, client-secret: "${SET}"}}
                  - {id: d2, scopes: [telemetry:write]}
                  - {id: d3}
                """);
        assertThat(DevicesFile.of(config, Map.of("SET", ConfigDirectory.SECRET))
                        .read()
                        .warnings())
                .extracting(warning -> warning.line() + ": " + warning.message())
                .containsExactly(
                        "3: may use /telemetry/**, for which it needs a client at the OAuth server, and has none");
    }

    @Test
    void aMistypedNameInARouteIsGuessed() throws Exception {
        String spoilt = EXCHANGE.replace("    methods:", "    token-exchange: corporat\n    methods:");
        assertThat(directory.problemsOf(() -> directory.gateway(spoilt)))
                .containsExactly(
                        "gateway.yaml:15:5: routes[0].token-exchange: no token exchange is called \"corporat\";"
                                + " did you mean \"corporate\"?");
    }

    @Test
    void anAudienceIsOfOneExchangeAndAResourceIsAUri() throws Exception {
        String twice = EXCHANGE
                + "    audiences: [https://backend.example]\n"
                + "    audience-parameter: resource\n"
                + EXCHANGE.substring(EXCHANGE.indexOf("  corporate:")).replace("corporate", "other")
                + "    audiences: [https://backend.example]\n";
        assertThat(directory.problemsOf(() -> directory.gateway(twice)))
                .singleElement()
                .asString()
                .endsWith("token-exchange.other.audiences: \"https://backend.example\" is listed by"
                        + " token-exchange.corporate too; let one of them have it");
        String resource = (EXCHANGE + "    audiences: [backend]\n    audience-parameter: resource\n")
                .replace("audience: https://backend.example", "audience: backend");
        assertThat(directory.problemsOf(() -> directory.gateway(resource)))
                .containsExactly(
                        "gateway.yaml:14:5: routes[0].audience: is no absolute URI, but token-exchange.corporate"
                                + " sends it as a resource (RFC 8707); write, for example, https://backend.example");
    }

    @Test
    void readsAKeyAndTheClientsOfDevices() throws Exception {
        directory.writePrivate(
                "client.pem",
                JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom()).toPem());
        GatewayConfig config = directory.gateway(EXCHANGE.replace(
                "{id: coapgate, secret: \"${SET}\"}",
                "{id: coapgate, authentication: private_key_jwt, private-key: client.pem, key-id: k1}"));
        assertThat(config.tokenExchanges().get(0).client()).isInstanceOf(ClientSettings.WithKey.class);

        List<Device> devices = directory.devices("""
                        devices:
                          - {id: d1, oauth: {client-id: c1, client-secret: "${SET}"}}
                          - {id: d2}
                        """).read().devices();
        assertThat(devices.get(0).oauthClient().orElseThrow().id()).isEqualTo("c1");
        assertThat(devices.get(1).oauthClient()).isEmpty();
        assertThat(directory.problemsOf(() -> directory
                        .devices("devices: [{id: d1, oauth: {client-id: c1}}]")
                        .read()))
                .containsExactly(
                        "devices.yaml:1:20: devices[0].oauth.client-secret: this key is missing; add, for example,"
                                + " client-secret: file:secrets/meter-17.oauth");
    }
}
