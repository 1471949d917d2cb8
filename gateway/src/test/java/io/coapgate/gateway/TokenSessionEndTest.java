package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.crypto.ace.CreationHints;
import io.coapgate.crypto.ace.PskIdentity;
import io.coapgate.crypto.key.KeyId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an observation when the token that it rests on goes (RFC 9202 §5, RFC 9200 §5.10.3). */
class TokenSessionEndTest {
    private static final String SECRET = "0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final Notifications told = new Notifications();

    TokenSessionEndTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static final class Notifications implements CoapHandler {
        private final List<CoapResponse> all = new CopyOnWriteArrayList<>();

        @Override
        public void onLoad(CoapResponse response) {
            all.add(response);
        }

        @Override
        public void onError() {}

        /** The one after the state. */
        CoapResponse last() {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(all).hasSize(2));
            assertThat(all.get(0).getCode()).isEqualTo(ResponseCode.CONTENT);
            return all.get(1);
        }
    }

    private static byte[] token(AceGateway gateway, String scope, Duration lifetime) {
        return gateway.encrypted(gateway.claims("d1", scope)
                .expiresAt(gateway.clock().instant().plus(lifetime))
                .confirmation(AceGateway.key("k1", SECRET))
                .build());
    }

    private static PskClient client(AceGateway gateway) {
        return new PskClient(gateway.coaps("psk"), PskIdentity.encode(KeyId.ofUtf8("k1")), SECRET.getBytes(UTF_8));
    }

    private static void upload(AceGateway gateway, byte[] token) throws Exception {
        try (PlainClient client = new PlainClient(gateway.authzInfo())) {
            assertThat(client.upload(token).getCode()).isEqualTo(ResponseCode.CREATED);
        }
    }

    private void observe(AceGateway gateway, PskClient device) throws Exception {
        CoapClient observer = new CoapClient(
                        "coaps://127.0.0.1:" + gateway.coaps("psk").getPort() + "/temp/1")
                .setEndpoint(device.endpoint());
        assertThat(observer.observeAndWait(told).isCanceled()).isFalse();
        gateway.awaitMetric("coapgate_observations 1.0");
    }

    @Test
    void theObserverHearsOfTheEndBeforeTheSessionIsCut() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                PskClient device = client(gateway)) {
            upload(gateway, token(gateway, "read", Duration.ofSeconds(2)));
            observe(gateway, device);
            gateway.clock().advance(Duration.ofSeconds(3));

            CoapResponse last = told.last();
            assertThat(last.getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(CreationHints.decode(last.getPayload()).keyId()).contains(KeyId.ofUtf8("k1"));
            gateway.awaitMetric("coapgate_sessions 0.0");
            gateway.awaitMetric("coapgate_observations 0.0");
            device.impatient();
            assertThat(device.send(Request.newGet(), "/temp/1")).isNull();
            assertThat(gateway.authorizations()).hasSize(1);
        }
    }

    @Test
    void aTokenThatAllowsLessEndsWhatItDoesNotCoverAndTheSessionGoesOn() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                PskClient device = client(gateway)) {
            upload(gateway, token(gateway, "read", Duration.ofMinutes(10)));
            observe(gateway, device);
            upload(gateway, token(gateway, "write", Duration.ofMinutes(10)));

            assertThat(told.last().getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
            gateway.awaitMetric("coapgate_observations 0.0");
            gateway.awaitMetric("coapgate_sessions 1.0");
            assertThat(device.send(Request.newGet(), "/temp/1").getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
        }
    }

    @Test
    void aTokenThatAllowsItTooKeepsTheObservation() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                PskClient device = client(gateway)) {
            upload(gateway, token(gateway, "read", Duration.ofMinutes(10)));
            observe(gateway, device);
            upload(gateway, token(gateway, "read write", Duration.ofMinutes(20)));

            gateway.clock().advance(Duration.ofMinutes(15)); // past the end of the first
            assertThat(device.send(Request.newGet(), "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(told.all).hasSize(1);
            gateway.awaitMetric("coapgate_observations 1.0");
        }
    }

    private static CompletableFuture<Optional<CoapResponse>> slow(AceGateway gateway, PskClient device) {
        CompletableFuture<Optional<CoapResponse>> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return Optional.ofNullable(device.send(Request.newGet(), "/temp/slow"));
            } catch (Exception e) {
                return Optional.empty();
            }
        });
        await().atMost(PATIENCE).until(() -> gateway.authorizations().size() == 1);
        return answer;
    }

    @Test
    void whatIsUnderWayAtTheEndHasAJwtThatEndsWithTheTokenAndNobodyToAnswer() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                PskClient device = client(gateway)) {
            upload(gateway, token(gateway, "read", Duration.ofSeconds(2)));
            Instant end = gateway.clock().instant().plusSeconds(2);
            CompletableFuture<Optional<CoapResponse>> answer = slow(gateway, device);
            gateway.clock().advance(Duration.ofSeconds(3));
            gateway.awaitMetric("coapgate_sessions 0.0");
            gateway.release();

            assertThat(answer.get(60, TimeUnit.SECONDS)).isEmpty();
            String jwt = gateway.authorizations().get(0);
            assertThat(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), UTF_8))
                    .contains("\"exp\":" + end.getEpochSecond());
            gateway.awaitMetric("coapgate_requests_in_flight 0.0");
        }
    }

    /** As RFC 9202 §3.4 leaves it open: which of two rules holds for a request that is under way. */
    @Test
    void aRequestUnderWayIsAnsweredByTheRulesThatItCameUnder() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                PskClient device = client(gateway)) {
            upload(gateway, token(gateway, "read", Duration.ofMinutes(10)));
            CompletableFuture<Optional<CoapResponse>> answer = slow(gateway, device);
            upload(gateway, token(gateway, "write", Duration.ofMinutes(10)));
            gateway.release();

            assertThat(answer.get(60, TimeUnit.SECONDS).orElseThrow().getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(device.send(Request.newGet(), "/temp/1").getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
        }
    }
}
