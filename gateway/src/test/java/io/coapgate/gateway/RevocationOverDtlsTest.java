package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.IntrospectionRequest;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.ace.RevocationList;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.key.KeyId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the gateway's own tokens: introspection by their resource server ({@code d2}), and revocation. */
class RevocationOverDtlsTest {
    private static final String SECTION = """
            {issuer: as, administrators: [d4], audiences: [
              {audience: valve7, scopes: [read], device: d2, algorithm: AES-CCM-16-64-128, secret: 0123456789abcdef}]}""";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;

    private IssuingGateway gateway;

    RevocationOverDtlsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws Exception {
        gateway = new IssuingGateway(directory, SECTION, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static CoapResponse post(PskClient client, String path, int format, byte[] payload) throws Exception {
        Request request = Request.newPost();
        request.setPayload(payload);
        request.getOptions().setContentFormat(format);
        return client.send(request, path);
    }

    private static AccessTokenResponse token(PskClient client, AccessTokenRequest.Builder request) throws Exception {
        CoapResponse response = post(client, "/token", 19, request.build().encode());
        assertThat(response.getCode()).isEqualTo(ResponseCode.CREATED);
        return AccessTokenResponse.decode(response.getPayload(), 1024);
    }

    private static AccessTokenResponse valveToken(PskClient client) throws Exception {
        return token(client, AccessTokenRequest.builder().audience("valve7"));
    }

    private static Optional<CwtClaims> introspect(PskClient server, byte[] token) throws Exception {
        CoapResponse response =
                post(server, "/introspect", 19, IntrospectionRequest.of(token).encode());
        assertThat(response.getCode()).isEqualTo(ResponseCode.CREATED);
        assertThat(response.getOptions().getMaxAge()).isZero();
        return IntrospectionResponse.decode(response.getPayload(), 1024).claims();
    }

    private void enable(String device, boolean enabled) throws Exception {
        Path file = directory.resolve("devices.yaml");
        String text = Files.readString(file).replace("{id: " + device + ", enabled: false,", "{id: " + device + ",");
        Files.writeString(
                file, enabled ? text : text.replace("{id: " + device + ",", "{id: " + device + ", enabled: false,"));
    }

    @Test
    void aResourceServerIsToldWhatATokenForItSays() throws Exception {
        try (PskClient sensor = gateway.psk("sensor-1");
                PskClient server = gateway.psk("sensor-2")) {
            AccessTokenResponse issued = valveToken(sensor);
            CwtClaims claims = introspect(server, issued.accessToken()).orElseThrow();
            assertThat(claims.issuer()).contains("as");
            assertThat(claims.subject()).contains("d1");
            assertThat(claims.audience()).containsExactly("valve7");
            assertThat(claims.scope()).contains("read");
            Confirmation told = issued.key().orElseThrow();
            assertThat(claims.confirmation().orElseThrow().toCbor()).isEqualTo(told.toCbor());
        }
    }

    @Test
    void nobodyElseIsToldAnything() throws Exception {
        try (PskClient sensor = gateway.psk("sensor-1");
                PskClient server = gateway.psk("sensor-2")) {
            byte[] token = valveToken(sensor).accessToken();
            byte[] own = token(sensor, AccessTokenRequest.builder()).accessToken();
            byte[] question = IntrospectionRequest.of(token).encode();
            assertThat(post(sensor, "/introspect", 19, question).getCode()).isEqualTo(ResponseCode.FORBIDDEN);
            assertThat(introspect(server, own)).as("for the gateway").isEmpty();
            assertThat(introspect(server, new byte[] {1, 2, 3})).as("unknown").isEmpty();
            assertThat(post(server, "/introspect", 19, new byte[] {0}).getCode())
                    .isEqualTo(ResponseCode.BAD_REQUEST);
            assertThat(post(server, "/introspect", 50, question).getCode())
                    .isEqualTo(ResponseCode.UNSUPPORTED_CONTENT_FORMAT);
            assertThat(server.send(Request.newGet(), "/introspect").getCode())
                    .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
        }
    }

    @Test
    void aDeviceThatIsDisabledLosesItsTokensForGood() throws Exception {
        byte[] forValve;
        byte[] forGateway;
        try (PskClient sensor = gateway.psk("sensor-1");
                PskClient server = gateway.psk("sensor-2")) {
            byte[] revoked = valveToken(sensor).accessToken();
            forValve = revoked;
            forGateway = token(
                            sensor,
                            AccessTokenRequest.builder().requestedKey(Confirmation.of(KeyId.ofUtf8("sensor-1"))))
                    .accessToken();
            assertThat(post(sensor, "/authz-info", 61, forGateway).getCode()).isEqualTo(ResponseCode.CREATED);
            enable("d1", false);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(introspect(server, revoked)).isEmpty());
        }
        gateway.close();
        gateway = new IssuingGateway(directory, SECTION, Clock.systemUTC()); // which enables it again
        try (PskClient sensor = gateway.psk("sensor-1");
                PskClient server = gateway.psk("sensor-2")) {
            assertThat(post(sensor, "/authz-info", 61, forGateway).getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(introspect(server, forValve)).isEmpty();
            byte[] fresh = valveToken(sensor).accessToken();
            assertThat(introspect(server, fresh)).isPresent();
        }
        assertThat(gateway.metrics()).contains("coapgate_tokens_refused_total{reason=\"token_revoked\"} 1.0");
    }

    private static CoapResponse revoked(PskClient client, String query) throws Exception {
        return client.send(Request.newGet(), "/revoked" + query);
    }

    private static RevocationList list(CoapResponse response) throws Exception {
        assertThat(response.getCode()).isEqualTo(ResponseCode.CONTENT);
        assertThat(response.getOptions().getContentFormat()).isEqualTo(262);
        return RevocationList.decode(response.getPayload(), 10_000);
    }

    @Test
    void aResourceServerSeesItsRevokedTokensAndDiffs() throws Exception {
        try (PskClient sensor = gateway.psk("sensor-1");
                PskClient server = gateway.psk("sensor-2")) {
            assertThat(list(revoked(server, ""))).isEqualTo(RevocationList.full(List.of(), OptionalLong.empty()));
            TokenHash token = TokenHash.of(valveToken(sensor).accessToken());
            token(sensor, AccessTokenRequest.builder());
            enable("d1", false);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(list(revoked(server, "?x=1")))
                            .as("not the token for the gateway")
                            .isEqualTo(RevocationList.full(List.of(token), OptionalLong.of(0))));
            assertThat(list(revoked(server, "?diff=0")).diffSet().orElseThrow())
                    .containsExactly(new RevocationList.Change(List.of(), List.of(token)));
            assertThat(list(revoked(server, "?diff=1&cursor=0")).diffSet().orElseThrow())
                    .isEmpty();
        }
    }

    @Test
    void refusesQueriesThatMakeNoSense() throws Exception {
        try (PskClient server = gateway.psk("sensor-2")) {
            for (String query : List.of(
                    "?diff=-1",
                    "?diff=x",
                    "?diff",
                    "?cursor=0",
                    "?diff=1&cursor=x",
                    "?diff=1&cursor=99999999999999999999")) {
                CoapResponse response = revoked(server, query);
                assertThat(response.getCode()).as(query).isEqualTo(ResponseCode.BAD_REQUEST);
                assertThat(response.getOptions().getContentFormat()).isEqualTo(257);
            }
            assertThat(server.send(Request.newPost(), "/revoked").getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
            Request json = Request.newGet();
            json.getOptions().setAccept(50);
            assertThat(server.send(json, "/revoked").getCode()).isEqualTo(ResponseCode.NOT_ACCEPTABLE);
            assertThat(server.send(Request.newGet(), "/.well-known/core").getResponseText())
                    .contains("</revoked>;obs;ct=262", "</introspect>;ct=19");
        }
    }

    @Test
    void whoObservesTheListHearsOfARevocationAtOnce() throws Exception {
        List<RevocationList> heard = new CopyOnWriteArrayList<>();
        try (PskClient sensor = gateway.psk("sensor-1");
                PskClient server = gateway.psk("sensor-2")) {
            Request observe = Request.newGet();
            observe.setObserve();
            observe.setURI("coaps://127.0.0.1:" + gateway.address("psk").getPort() + "/revoked");
            CoapClient client = new CoapClient();
            client.setEndpoint(server.endpoint());
            client.observe(observe, new CoapHandler() {
                @Override
                public void onLoad(CoapResponse response) {
                    try {
                        heard.add(list(response));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }

                @Override
                public void onError() {}
            });
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).hasSize(1));
            TokenHash token = TokenHash.of(valveToken(sensor).accessToken());
            enable("d1", false);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard)
                            .last()
                            .isEqualTo(RevocationList.full(List.of(token), OptionalLong.of(0))));
        }
    }

    private void awaitMetric(String line) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.metrics().lines()).contains(line));
    }

    private PskClient byToken(AccessTokenResponse issued) {
        byte[] key = ((Confirmation.OfKey) issued.key().orElseThrow())
                .key()
                .secret()
                .orElseThrow()
                .expose();
        return new PskClient(gateway.address("psk"), issued.accessToken(), key);
    }

    /** RFC 9202 §5: the session goes with its last token, and does not come again with it. */
    @Test
    void whoObservesOnASessionByTokenHearsOfItsRevocationAndLosesTheSession() throws Exception {
        AccessTokenResponse issued;
        try (PskClient sensor = gateway.psk("sensor-1")) {
            issued = token(sensor, AccessTokenRequest.builder());
        }
        List<ResponseCode> heard = new CopyOnWriteArrayList<>();
        try (PskClient device = byToken(issued)) {
            CoapClient observer = new CoapClient(
                            "coaps://127.0.0.1:" + gateway.address("psk").getPort() + "/temp/1")
                    .setEndpoint(device.endpoint());
            observer.observeAndWait(new CoapHandler() {
                @Override
                public void onLoad(CoapResponse response) {
                    heard.add(response.getCode());
                }

                @Override
                public void onError() {}
            });
            awaitMetric("coapgate_observations 1.0");
            enable("d1", false);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(heard).containsExactly(ResponseCode.CONTENT, ResponseCode.UNAUTHORIZED));
            awaitMetric("coapgate_observations 0.0");
            awaitMetric("coapgate_sessions 0.0");
            device.impatient();
            assertThat(device.send(Request.newGet(), "/temp/1")).isNull();
        }
        assertThat(gateway.authorizations()).hasSize(1);
        enable("d1", true);
        await().atMost(PATIENCE).until(() -> mayHaveASession("sensor-1"));
        try (PskClient again = byToken(issued)) {
            again.impatient();
            assertThat(again.send(Request.newGet(), "/temp/1")).isNull();
        }
        assertThat(gateway.metrics()).contains("coapgate_handshakes_refused_total{reason=\"token_revoked\"}");
    }

    private boolean mayHaveASession(String identity) throws Exception {
        try (PskClient client = gateway.psk(identity)) {
            client.impatient();
            return client.send(Request.newGet(), "/.well-known/core") != null;
        }
    }
}
