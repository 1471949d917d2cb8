package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.crypto.ace.AccessTokenError;
import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceError;
import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.ace.Aif;
import io.coapgate.crypto.ace.CreationHints;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices that get their tokens where they use them: /token, then /authz-info, then a route. */
@Timeout(120)
class TokenOverDtlsTest {
    private static final int ACE_CBOR = 19;

    private final Path directory;
    private IssuingGateway gateway;

    /** Sends a request to a path. */
    private interface Client {
        CoapResponse send(Request request, String path) throws Exception;
    }

    TokenOverDtlsTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        this.gateway = start(directory);
    }

    private static IssuingGateway start(Path directory) throws Exception {
        return new IssuingGateway(directory, "{issuer: as, lifetime: 10m}", Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static CoapResponse post(Client client, String path, byte[] payload) throws Exception {
        Request request = Request.newPost();
        request.setPayload(payload);
        request.getOptions().setContentFormat(ACE_CBOR);
        return client.send(request, path);
    }

    private static byte[] token(Client client, AccessTokenRequest.Builder request) throws Exception {
        CoapResponse response = post(client, "/token", request.build().encode());
        assertThat(response.getCode()).isEqualTo(ResponseCode.CREATED);
        assertThat(response.getOptions().getContentFormat()).isEqualTo(ACE_CBOR);
        return AccessTokenResponse.decode(response.getPayload(), 1024).accessToken();
    }

    private static ResponseCode upload(Client client, byte[] token) throws Exception {
        Request request = Request.newPost();
        request.setPayload(token);
        request.getOptions().setContentFormat(61);
        return client.send(request, "/authz-info").getCode();
    }

    private static AccessTokenRequest.Builder forSessionKey(String identity) {
        return AccessTokenRequest.builder().requestedKey(Confirmation.of(KeyId.ofUtf8(identity)));
    }

    @Test
    void aDeviceWithOnePreSharedKeyGetsUploadsAndUsesAToken() throws Exception {
        try (PskClient sensor = gateway.psk("sensor-1")) {
            CoapResponse without = sensor.send(Request.newGet(), "/temp/a");
            assertThat(without.getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            CreationHints hints = CreationHints.decode(without.getPayload());
            assertThat(hints.authorizationServer()).contains("coaps://gateway.example/token");
            byte[] token = token(
                    sensor::send,
                    AccessTokenRequest.builder()
                            .requestedKey(Confirmation.of(hints.keyId().orElseThrow()))
                            .audience(hints.audience().orElseThrow())
                            .scope(AceScope.of(hints.scope().orElseThrow())));
            assertThat(upload(sensor::send, token)).isEqualTo(ResponseCode.CREATED);
            assertThat(sensor.send(Request.newGet(), "/temp/a").getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(gateway.authorizations()).singleElement().asString().startsWith("Bearer ey");
        }
        assertThat(gateway.metrics()).contains("coapgate_tokens_issued_total{audience=\"coapgate\"} 1.0");
    }

    @Test
    void keysThatAreRotatedFromOutsideAreFollowedAndOldTokensStayGood() throws Exception {
        try (PskClient sensor = gateway.psk("sensor-1");
                PskClient again = gateway.psk("sensor-1")) {
            byte[] old = token(sensor::send, forSessionKey("sensor-1"));
            assertThat(gateway.publishedCwtKeys()).hasSize(2);
            gateway.rotateKeys();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(gateway.metrics())
                            .contains("coapgate_issuer_keys{state=\"retired\",use=\"cwt-mac\"} 1.0"));
            assertThat(upload(again::send, old)).isEqualTo(ResponseCode.CREATED);
            assertThat(again.send(Request.newGet(), "/temp/a").getCode()).isEqualTo(ResponseCode.CONTENT);
            byte[] fresh = token(again::send, forSessionKey("sensor-1"));
            assertThat(upload(again::send, fresh)).isEqualTo(ResponseCode.CREATED);
        }
        assertThat(gateway.publishedCwtKeys()).hasSize(3);
        assertThat(gateway.metrics())
                .contains(
                        "coapgate_issuer_key_age_seconds{use=\"jwt\"}",
                        "coapgate_issuer_keys{state=\"next\",use=\"jwt\"} 1.0",
                        "coapgate_issuer_keys_followed 1.0");
    }

    @Test
    void aDeviceWithARawPublicKeyDoesSoToo() throws Exception {
        try (RpkClient sensor = gateway.rpk("d3")) {
            byte[] token = token(sensor::send, AccessTokenRequest.builder());
            assertThat(upload(sensor::send, token)).isEqualTo(ResponseCode.CREATED);
            assertThat(sensor.send(Request.newPost().setPayload("1"), "/temp/a").getCode())
                    .isEqualTo(ResponseCode.CHANGED);
        }
    }

    @Test
    void aTokenIsWorthNothingOnTheSessionOfAnotherDevice() throws Exception {
        try (PskClient sensor = gateway.psk("sensor-1");
                PskClient other = gateway.psk("sensor-2");
                RpkClient third = gateway.rpk("d3");
                RpkClient fourth = gateway.rpk("d4")) {
            byte[] ofPsk = token(sensor::send, forSessionKey("sensor-1"));
            byte[] ofRpk = token(third::send, AccessTokenRequest.builder());
            for (Client stranger : List.<Client>of(other::send, fourth::send)) {
                assertThat(upload(stranger, ofPsk)).isEqualTo(ResponseCode.UNAUTHORIZED);
                assertThat(upload(stranger, ofRpk)).isEqualTo(ResponseCode.UNAUTHORIZED);
                assertThat(stranger.send(Request.newGet(), "/temp/a").getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            }
        }
    }

    @Test
    void aTokenGivesNoMoreThanTheRegistry() throws Exception {
        try (PskClient sensor = gateway.psk("sensor-2")) {
            byte[] asked = forSessionKey("sensor-2")
                    .scope(AceScope.of("read write"))
                    .build()
                    .encode();
            AccessTokenResponse response = AccessTokenResponse.decode(
                    post(sensor::send, "/token", asked).getPayload(), 1024);
            assertThat(response.scope()).contains(AceScope.of("read"));
            assertThat(upload(sensor::send, response.accessToken())).isEqualTo(ResponseCode.CREATED);
            assertThat(sensor.send(Request.newGet(), "/temp/a").getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(sensor.send(Request.newPost(), "/temp/a").getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
        }
    }

    @Test
    void whoMayDoNothingGetsNoToken() throws Exception {
        try (PskClient idle = gateway.psk("sensor-9")) {
            CoapResponse response = post(
                    idle::send, "/token", AccessTokenRequest.builder().build().encode());
            assertThat(response.getCode()).isEqualTo(ResponseCode.BAD_REQUEST);
            assertThat(AccessTokenError.decode(response.getPayload()).error()).isEqualTo(AceError.UNAUTHORIZED_CLIENT);
        }
        assertThat(gateway.metrics()).contains("coapgate_refusals_total{reason=\"grant_unauthorized\"} 1.0");
    }

    /** RFC 9237: the scope is one method on one resource. */
    @Test
    void aTokenForOneResourceOpensThatOne() throws Exception {
        byte[] aif = new Aif(List.of(new Aif.Permission("/temp/a", 1))).encode();
        try (PskClient sensor = gateway.psk("sensor-1")) {
            byte[] token = token(sensor::send, forSessionKey("sensor-1").scope(AceScope.of(aif)));
            assertThat(upload(sensor::send, token)).isEqualTo(ResponseCode.CREATED);
            assertThat(sensor.send(Request.newGet(), "/temp/a").getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(sensor.send(Request.newPost(), "/temp/a").getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
            assertThat(sensor.send(Request.newGet(), "/temp/b").getCode()).isEqualTo(ResponseCode.FORBIDDEN);
        }
    }

    @Test
    void aTokenForAnotherServerOpensNothingHere() throws Exception {
        gateway.close();
        gateway = new IssuingGateway(
                directory, "{audiences: [{audience: valve, scopes: [read], public-key: d4.pem}]}", Clock.systemUTC());
        try (RpkClient sensor = gateway.rpk("d3")) {
            byte[] token = token(sensor::send, AccessTokenRequest.builder().audience("valve"));
            assertThat(upload(sensor::send, token)).isEqualTo(ResponseCode.FORBIDDEN);
            assertThat(sensor.send(Request.newGet(), "/temp/a").getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
        }
    }

    /** RFC 9200 §5.3.1. */
    @Test
    void whereFreshTokensAreWantedTheNonceOfTheHintsMakesThem() throws Exception {
        gateway.close();
        gateway = new IssuingGateway(directory, "{}", "cwt: {freshness: 1h}", Clock.systemUTC());
        try (PskClient sensor = gateway.psk("sensor-1")) {
            CreationHints hints = CreationHints.decode(
                    sensor.send(Request.newGet(), "/temp/a").getPayload());
            assertThat(upload(sensor::send, token(sensor::send, forSessionKey("sensor-1"))))
                    .isEqualTo(ResponseCode.UNAUTHORIZED);
            byte[] fresh = token(
                    sensor::send,
                    forSessionKey("sensor-1").cnonce(hints.cnonce().orElseThrow()));
            assertThat(upload(sensor::send, fresh)).isEqualTo(ResponseCode.CREATED);
            assertThat(sensor.send(Request.newGet(), "/temp/a").getCode()).isEqualTo(ResponseCode.CONTENT);
        }
        assertThat(gateway.metrics()).contains("coapgate_tokens_refused_total{reason=\"token_stale\"} 1.0");
    }

    @Test
    void tokensOutliveARestart() throws Exception {
        byte[] token;
        try (PskClient sensor = gateway.psk("sensor-1")) {
            token = token(sensor::send, forSessionKey("sensor-1"));
        }
        gateway.close();
        gateway = start(directory);
        try (PskClient sensor = gateway.psk("sensor-1")) {
            assertThat(upload(sensor::send, token)).isEqualTo(ResponseCode.CREATED);
        }
    }

    @Test
    void devicesAreToldOfTheTokenEndpoint() throws Exception {
        try (PskClient sensor = gateway.psk("sensor-1")) {
            assertThat(sensor.send(Request.newGet(), "/.well-known/core").getResponseText())
                    .contains("</authz-info>;rt=\"ace.ai\"", "</token>;ct=19");
        }
    }

    @Test
    void withoutTheSectionThereIsNoTokenEndpoint() throws Exception {
        gateway.close();
        gateway = new IssuingGateway(directory, "", Clock.systemUTC());
        try (PskClient sensor = gateway.psk("sensor-1")) {
            assertThat(post(
                                    sensor::send,
                                    "/token",
                                    AccessTokenRequest.builder().build().encode())
                            .getCode())
                    .isEqualTo(ResponseCode.NOT_FOUND);
            CoapResponse refused = sensor.send(Request.newGet(), "/temp/a");
            assertThat(CreationHints.decode(refused.getPayload()).authorizationServer())
                    .isEmpty();
        }
    }
}
