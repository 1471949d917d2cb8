package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.jose.JwtPolicy;
import io.coapgate.crypto.jose.JwtVerifier;
import io.coapgate.crypto.jose.VerifiedJwt;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.token.MutableClock;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that get JWTs over HTTP, driven by an OAuth client that somebody else wrote, and by hand where that is too polite. */
class OAuthOverHttpTest {
    private static final String ISSUER = "https://gateway.example";
    private static final URI ENDPOINT = URI.create(ISSUER + "/oauth2/token");
    private static final String SECRET = "c0ffee:with a%colon&more";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient http = HttpClient.newHttpClient();
    /** The library makes assertions by the real time, from which the gateway's clock starts. */
    private final MutableClock clock =
            new MutableClock(Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));

    private final KeyPair keys = Devices.p256();
    private final Path directory;
    private final Gateway gateway;
    private final String base;

    OAuthOverHttpTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        Files.writeString(directory.resolve("pub.pem"), Pem.encode(keys.getPublic()));
        String hash = HexFormat.of()
                .formatHex(Thumbprint.ofContent(SECRET.getBytes(UTF_8)).bytes());
        String other = HexFormat.of()
                .formatHex(Thumbprint.ofContent("other".getBytes(UTF_8)).bytes());
        String old = HexFormat.of()
                .formatHex(Thumbprint.ofContent("old".getBytes(UTF_8)).bytes());
        String off = HexFormat.of()
                .formatHex(Thumbprint.ofContent("off".getBytes(UTF_8)).bytes());
        Files.writeString(directory.resolve("devices.yaml"), """
                devices:
                  - id: c1
                    scopes: [read, write, elsewhere]
                    attributes: {model: m1}
                    credentials:
                      - {client-secret: {sha256: "%s"}}
                      - {client-secret: {sha256: "%s"}, not-after: 2020-01-01T00:00:00Z}
                      - {rpk: {public-key: "file:pub.pem"}}
                  - {id: idle, scopes: [], credentials: [{client-secret: {sha256: "%s"}}]}
                  - {id: gone, enabled: false, scopes: [read], credentials: [{client-secret: {sha256: "%s"}}]}
                """.formatted(hash, old, other, off));
        gateway = start(
                directory,
                "authorization-server: {http: {services: [{client: idle, audience: \"https://backend.example\"}]}}");
        base = base(gateway);
    }

    private Gateway start(Path directory, String more) throws Exception {
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                devices: devices.yaml
                listeners: [{name: psk, address: 127.0.0.1, port: 0, credentials: [psk]}]
                upstreams: {backend: {url: "http://127.0.0.1:9000"}}
                routes:
                  - {path: /a, upstream: backend, audience: "https://backend.example", methods: {GET: [read]}, claims: {model: device_model}}
                  - {path: /b, upstream: backend, audience: "https://backend.example", methods: {POST: [write]}, claims: {model: device_model}}
                  - {path: /c, upstream: backend, audience: "https://third.example", methods: {GET: [third]}}
                http: {public: {port: 0}, admin: {port: 0}}
                """ + more);
        return Gateway.start(new ConfigLoader(Map.of()).load(file), Map.of(), clock);
    }

    private static String base(Gateway gateway) {
        return "http://127.0.0.1:"
                + Objects.requireNonNull(gateway.addresses().http().get("public"))
                        .getPort();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private TokenResponse ask(ClientAuthentication client, String... scopes) throws Exception {
        TokenRequest request = new TokenRequest.Builder(
                        URI.create(base + "/oauth2/token"), client, new ClientCredentialsGrant())
                .scope(scopes.length == 0 ? null : new Scope(scopes))
                .resource(URI.create("https://backend.example"))
                .build();
        return TokenResponse.parse(request.toHTTPRequest().send());
    }

    private static ClientSecretBasic basic(String id, String secret) {
        return new ClientSecretBasic(new ClientID(id), new Secret(secret));
    }

    private PrivateKeyJWT assertion(URI audience, KeyPair signer) throws Exception {
        return new PrivateKeyJWT(new ClientID("c1"), audience, JWSAlgorithm.ES256, signer.getPrivate(), null, null);
    }

    private VerifiedJwt verified(TokenResponse response) throws Exception {
        assertThat(response.indicatesSuccess())
                .as(response.toHTTPResponse().getBody())
                .isTrue();
        AccessTokenResponse success = response.toSuccessResponse();
        JwkSet jwks = JwkSet.parse(get("/.well-known/jwks.json").body());
        JwtPolicy policy = new JwtPolicy(ISSUER, "https://backend.example", Duration.ZERO);
        return new JwtVerifier(() -> jwks, policy, clock)
                .verify(success.getTokens().getAccessToken().getValue());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String contentType, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(String id, String secret) {
        String pair = URLEncoder.encode(id, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    @Test
    void aClientWithASecretGetsTheJwtThatTheGatewayWouldHaveSentForIt() throws Exception {
        TokenResponse response = ask(basic("c1", SECRET));
        VerifiedJwt jwt = verified(response);
        assertThat(jwt.subject()).isEqualTo("c1");
        assertThat(jwt.clientId()).isEqualTo("c1");
        assertThat(jwt.scope()).containsExactlyInAnyOrder("read", "write");
        assertThat(jwt.text("device_model")).contains("m1");
        assertThat(jwt.claims()).doesNotContainKey("cnf");
        assertThat(response.toSuccessResponse().getTokens().getAccessToken().getLifetime())
                .isEqualTo(300);
        assertThat(response.toHTTPResponse().getCacheControl()).isEqualTo("no-store");
    }

    @Test
    void aClientWithAKeyDoesToo() throws Exception {
        assertThat(verified(ask(assertion(ENDPOINT, keys), "read")).scope()).containsExactly("read");
        assertThat(verified(ask(assertion(URI.create(ISSUER), keys), "write", "admin"))
                        .scope())
                .containsExactly("write");
    }

    @Test
    void anAssertionCountsOnceAndForThisServerAndFromItsKeyAndInItsTime() throws Exception {
        PrivateKeyJWT once = assertion(ENDPOINT, keys);
        verified(ask(once));
        assertRefused(ask(once), 401, "invalid_client");
        assertRefused(ask(assertion(URI.create("https://other.example"), keys)), 401, "invalid_client");
        assertRefused(ask(assertion(ENDPOINT, Devices.p256())), 401, "invalid_client");
        PrivateKeyJWT late = assertion(ENDPOINT, keys);
        clock.advance(Duration.ofMinutes(10));
        assertRefused(ask(late), 401, "invalid_client");
    }

    private static void assertRefused(TokenResponse response, int status, String error) {
        assertThat(response.indicatesSuccess()).isFalse();
        assertThat(response.toErrorResponse().getErrorObject().getCode()).isEqualTo(error);
        assertThat(response.toErrorResponse().getErrorObject().getHTTPStatusCode())
                .isEqualTo(status);
    }

    @Test
    void whoIsRefusedCannotTellWhy() throws Exception {
        List<ClientSecretBasic> strangers = List.of(
                basic("c1", "wrong"),
                basic("nobody", SECRET),
                basic("gone", "off"),
                basic("c1", "old"),
                basic("!", "x"));
        String first = ask(strangers.get(0)).toHTTPResponse().getBody();
        for (ClientSecretBasic stranger : strangers) {
            TokenResponse response = ask(stranger);
            assertRefused(response, 401, "invalid_client");
            assertThat(response.toHTTPResponse().getBody()).isEqualTo(first);
            assertThat(response.toErrorResponse().toHTTPResponse().getStatusCode())
                    .isEqualTo(401);
        }
        assertThat(post(FORM, header("c1", "wrong"), "grant_type=client_credentials")
                        .headers()
                        .firstValue("www-authenticate"))
                .contains("Basic realm=\"coapgate\"");
    }

    @Test
    void whoMayDoNothingThereGetsNothing() throws Exception {
        assertRefused(ask(basic("idle", "other")), 400, "unauthorized_client");
        assertRefused(ask(basic("c1", SECRET), "elsewhere"), 400, "invalid_scope");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            a=b, 400, invalid_request
            grant_type=client_credentials&grant_type=client_credentials, 400, invalid_request
            grant_type=%zz, 400, invalid_request
            grant_type=password&username=a&password=b, 400, unsupported_grant_type
            grant_type=client_credentials, 400, invalid_target
            grant_type=client_credentials&resource=https://other.example, 400, invalid_target
            grant_type=client_credentials&resource=https://third.example, 400, unauthorized_client
            grant_type=client_credentials&resource=https://third.example&audience=https://backend.example, 400, invalid_target
            grant_type=client_credentials&audience=https://backend.example&scope=%22, 400, invalid_scope
            grant_type=client_credentials&client_id=other, 400, invalid_request
            grant_type=client_credentials&client_secret=a, 401, invalid_client
            grant_type=client_credentials&client_assertion=a.b.c, 400, invalid_request
            """)
    void saysWhatIsWrong(String body, int status, String error) throws Exception {
        HttpResponse<String> response = post(FORM, header("c1", SECRET), body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains("\"error\":\"" + error + "\"").doesNotContain(SECRET);
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '', invalid_client
            Bearer abc, invalid_client
            Basic !!!, invalid_client
            Basic YWJj, invalid_client
            """)
    void wantsAnAuthenticationThatItKnows(String authorization, String error) throws Exception {
        HttpResponse<String> response =
                post(FORM, authorization, "grant_type=client_credentials&resource=https://backend.example");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("\"error\":\"" + error + "\"");
    }

    @Test
    void takesNoOtherFormNoOtherMethodAndNothingLong() throws Exception {
        assertThat(post("application/json", header("c1", SECRET), "{}").body()).contains("invalid_request");
        HttpResponse<String> read = get("/oauth2/token");
        assertThat(read.statusCode()).isEqualTo(405);
        assertThat(read.headers().firstValue("allow")).contains("POST");
        assertThat(post(FORM, header("c1", SECRET), "a=" + "b".repeat(20_000)).statusCode())
                .isEqualTo(413);
        HttpRequest page = HttpRequest.newBuilder(URI.create(base + "/.well-known/jwks.json"))
                .POST(BodyPublishers.ofString("a=b"))
                .build();
        assertThat(http.send(page, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void chunksWithoutEndAreCutOff() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(base).getPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /oauth2/token HTTP/1.1\r\nHost: a\r\nContent-Type: " + FORM
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(UTF_8));
            byte[] chunk = ("400\r\n" + "a".repeat(0x400) + "\r\n").getBytes(UTF_8);
            for (int i = 0; i < 20; i++) {
                out.write(chunk);
            }
            out.flush();
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void whoFailsTooOftenWaitsAndNobodyElseDoes() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertRefused(ask(basic("c1", "wrong")), 401, "invalid_client");
        }
        String body = "grant_type=client_credentials&resource=https://backend.example";
        HttpResponse<String> right = post(FORM, header("c1", SECRET), body);
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.headers().firstValue("retry-after")).contains("60");
        assertThat(post(FORM, header("idle", "other"), body).statusCode()).isEqualTo(400);
        clock.advance(Duration.ofSeconds(61));
        assertThat(post(FORM, header("c1", SECRET), body).statusCode()).isEqualTo(200);
    }

    @Test
    void theMetadataNameTheEndpointAndHowToAuthenticateThere() throws Exception {
        AuthorizationServerMetadata metadata = AuthorizationServerMetadata.parse(
                get("/.well-known/oauth-authorization-server").body());
        assertThat(metadata.getTokenEndpointURI()).isEqualTo(ENDPOINT);
        assertThat(metadata.getTokenEndpointAuthMethods())
                .containsExactly(
                        ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        assertThat(metadata.getIntrospectionEndpointURI()).isEqualTo(URI.create(ISSUER + "/oauth2/introspect"));
        assertThat(metadata.getRevocationEndpointURI()).isEqualTo(URI.create(ISSUER + "/oauth2/revoke"));
        assertThat(metadata.getTokenEndpointJWSAlgs()).contains(JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);
    }

    private static TokenIntrospectionSuccessResponse introspect(String base, ClientAuthentication asker, String token)
            throws Exception {
        TokenIntrospectionRequest request = new TokenIntrospectionRequest(
                URI.create(base + "/oauth2/introspect"), asker, new BearerAccessToken(token));
        return TokenIntrospectionResponse.parse(request.toHTTPRequest().send()).toSuccessResponse();
    }

    private int revoke(ClientAuthentication client, String token) throws Exception {
        return new TokenRevocationRequest(URI.create(base + "/oauth2/revoke"), client, new BearerAccessToken(token))
                .toHTTPRequest()
                .send()
                .getStatusCode();
    }

    private String token() throws Exception {
        return ask(basic("c1", SECRET))
                .toSuccessResponse()
                .getTokens()
                .getAccessToken()
                .getValue();
    }

    @Test
    void aServiceIsToldWhatATokenForItSays() throws Exception {
        TokenIntrospectionSuccessResponse answer = introspect(base, basic("idle", "other"), token());
        assertThat(answer.isActive()).isTrue();
        assertThat(answer.getClientID().getValue()).isEqualTo("c1");
        assertThat(answer.getScope().toStringList()).containsExactlyInAnyOrder("read", "write");
        assertThat(answer.getStringParameter("device_model")).isEqualTo("m1");
    }

    @Test
    void whatIsNoTokenOrHasEndedIsNotActiveAndNothingMoreIsSaid() throws Exception {
        String ended = token();
        clock.advance(Duration.ofMinutes(5));
        for (String token : List.of(ended, "nothing", "a.b.c", token().replaceFirst("..$", "AA"))) {
            TokenIntrospectionSuccessResponse answer = introspect(base, basic("idle", "other"), token);
            assertThat(answer.isActive()).isFalse();
            assertThat(answer.toJSONObject()).hasSize(1);
        }
    }

    @Test
    void aRevokedTokenIsNotActiveAndOthersOfItsClientAre() throws Exception {
        String token = token();
        String second = token();
        assertThat(revoke(basic("c1", SECRET), token)).isEqualTo(200);
        assertThat(revoke(basic("c1", SECRET), token)).isEqualTo(200);
        assertThat(revoke(basic("c1", SECRET), "unknown")).isEqualTo(200);
        assertThat(introspect(base, basic("idle", "other"), token).isActive()).isFalse();
        assertThat(introspect(base, basic("idle", "other"), second).isActive()).isTrue();
        assertThat(Files.readString(directory.resolve("state/jwt-revocations.log"))
                        .lines())
                .hasSize(2); // one of them the file's header
    }

    @Test
    void whatIsRevokedStaysSoOverARestart() throws Exception {
        String token = token();
        revoke(basic("c1", SECRET), token);
        gateway.close();
        try (Gateway again = start(
                directory,
                "authorization-server: {http: {services: [{client: idle, audience: \"https://backend.example\"}]}}")) {
            assertThat(introspect(base(again), basic("idle", "other"), token).isActive())
                    .isFalse();
        }
    }

    @Test
    void aGatewayThatSharesTheStateKnowsAtOnceWhatTheOtherHasRevoked() throws Exception {
        String token = token();
        try (Gateway other = start(
                directory,
                "authorization-server: {http: {services: [{client: idle, audience: \"https://backend.example\"}]}}")) {
            assertThat(introspect(base(other), basic("idle", "other"), token).isActive())
                    .isTrue();
            revoke(basic("c1", SECRET), token);
            assertThat(introspect(base(other), basic("idle", "other"), token).isActive())
                    .isFalse();
        }
    }

    @Test
    void noTokenIsSaidToBeActiveWhileItCannotBeToldWhetherItWasRevoked() throws Exception {
        String token = token();
        Files.writeString(directory.resolve("state/jwt-revocations.log"), "garbage\n", StandardOpenOption.APPEND);
        TokenIntrospectionRequest asked = new TokenIntrospectionRequest(
                URI.create(base + "/oauth2/introspect"), basic("idle", "other"), new BearerAccessToken(token));
        assertThat(asked.toHTTPRequest().send().getStatusCode()).isEqualTo(503);
        assertThat(revoke(basic("c1", SECRET), token)).isEqualTo(503);
    }

    @Test
    void onlyServicesMayAskAndOnlyTheClientMayRevoke() throws Exception {
        String token = token();
        TokenIntrospectionRequest asked = new TokenIntrospectionRequest(
                URI.create(base + "/oauth2/introspect"), basic("c1", SECRET), new BearerAccessToken(token));
        assertThat(asked.toHTTPRequest().send().getBody()).contains("unauthorized_client");
        assertThat(revoke(basic("idle", "other"), token)).isEqualTo(400);
        assertThat(revoke(basic("idle", "wrong"), token)).isEqualTo(401);
        assertThat(introspect(base, basic("idle", "other"), token).isActive()).isTrue();
    }

    @Test
    void withoutTheSectionThereIsNone(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("devices.yaml"), "devices: []\n");
        try (Gateway plain = start(directory, "authorization-server: {}")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base(plain) + "/oauth2/token"))
                    .POST(BodyPublishers.noBody())
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
            URI metadata = URI.create(base(plain) + "/.well-known/oauth-authorization-server");
            assertThat(http.send(HttpRequest.newBuilder(metadata).build(), BodyHandlers.ofString())
                            .body())
                    .doesNotContain("token_endpoint");
        }
    }
}
