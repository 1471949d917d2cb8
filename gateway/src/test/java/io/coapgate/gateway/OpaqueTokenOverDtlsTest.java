package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.upstream.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are no CWTs, uploaded over DTLS; a server that speaks RFC 7662 knows them. */
class OpaqueTokenOverDtlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;

    private final AtomicReference<String> answer =
            new AtomicReference<>(active("coapgate", "all", "\"kid\":\"sensor-1\""));
    private RawServer server;
    private RunningGateway gateway;
    private PskClient device;

    OpaqueTokenOverDtlsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static String active(String audience, String scope, String cnf) {
        return "{\"active\":true,\"aud\":\"%s\",\"exp\":%d,\"scope\":\"%s\",\"cnf\":{%s}}"
                .formatted(audience, Instant.now().getEpochSecond() + 600, scope, cnf);
    }

    @BeforeEach
    void start() throws Exception {
        server = RawServer.start(this::serve);
        gateway = new RunningGateway(directory, "", """
                cwt: {introspection: {issuer: as, url: "%s/introspect", client-id: gateway, client-secret: secret,
                  timeout: 30s, recheck: 1s, negative-for: 1s}}
                """.formatted(server.url()));
        device = new PskClient(gateway.address(), "sensor-1", PskGateway.KEY);
    }

    @AfterEach
    void stop() throws IOException {
        device.close();
        gateway.close();
        server.close();
    }

    private void serve(RawServer.Peer peer) throws IOException {
        while (true) {
            peer.read();
            String json = answer.get();
            peer.write(
                    json.isEmpty()
                            ? "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n"
                            : "HTTP/1.1 200 OK\r\ncontent-length: " + json.length() + "\r\n\r\n" + json);
        }
    }

    private static ResponseCode upload(PskClient from, String token) throws Exception {
        Request request = Request.newPost();
        request.setPayload(token.getBytes(US_ASCII));
        return from.send(request, "/authz-info").getCode();
    }

    private void assertRefused(String json, ResponseCode code, String reason) throws Exception {
        answer.set(json);
        assertThat(upload(device, "token-for-" + reason)).isEqualTo(code);
        assertThat(gateway.metrics()).contains("coapgate_tokens_refused_total{reason=\"" + reason + "\"} 1.0");
    }

    private double sessionsWithTokens() throws Exception {
        return gateway.metrics()
                .lines()
                .filter(line -> line.startsWith("coapgate_sessions_with_tokens "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    @Test
    void takesATokenThatItsServerVouchesFor() throws Exception {
        assertThat(upload(device, "opaque-1")).isEqualTo(ResponseCode.CREATED);
        assertThat(sessionsWithTokens()).isEqualTo(1);
        assertThat(gateway.metrics()).contains("coapgate_opaque_tokens 1.0");
        assertThat(server.requests().get(0)).contains("token=opaque-1");
    }

    @Test
    void aTokenIsWorthNothingOnTheSessionOfAnotherDevice() throws Exception {
        try (PskClient other = new PskClient(gateway.address(), "sensor-2", PskGateway.KEY)) {
            assertThat(upload(other, "opaque-1")).isEqualTo(ResponseCode.UNAUTHORIZED);
        }
        assertThat(gateway.metrics()).contains("coapgate_tokens_refused_total{reason=\"token_binding\"} 1.0");
    }

    @Test
    void refusesWhatACwtIsRefusedFor() throws Exception {
        assertRefused(active("elsewhere", "all", "\"kid\":\"sensor-1\""), ResponseCode.FORBIDDEN, "token_audience");
        assertRefused(active("coapgate", "nothing", "\"kid\":\"sensor-1\""), ResponseCode.BAD_REQUEST, "token_scope");
        assertRefused(active("coapgate", "all", ""), ResponseCode.UNAUTHORIZED, "token_binding");
        assertRefused(
                "{\"active\":true,\"aud\":\"coapgate\",\"scope\":\"all\",\"cnf\":{\"kid\":\"sensor-1\"}}",
                ResponseCode.UNAUTHORIZED,
                "token_claims");
        assertRefused(
                "{\"active\":true,\"aud\":\"coapgate\",\"exp\":1,\"scope\":\"all\",\"cnf\":{\"kid\":\"sensor-1\"}}",
                ResponseCode.UNAUTHORIZED,
                "token_expired");
        assertRefused(
                "{\"active\":true,\"iss\":\"other\",\"aud\":\"coapgate\",\"exp\":9999999999}",
                ResponseCode.UNAUTHORIZED,
                "token_issuer_unknown");
        assertRefused("{\"active\":false}", ResponseCode.UNAUTHORIZED, "token_inactive");
        assertRefused("", ResponseCode.SERVICE_UNAVAILABLE, "token_introspection_failed");
        assertThat(sessionsWithTokens()).isZero();
    }

    @Test
    void aTokenThatIsNotActiveAnyMoreIsTakenFromTheSession() throws Exception {
        assertThat(upload(device, "opaque-1")).isEqualTo(ResponseCode.CREATED);
        answer.set("{\"active\":false}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.metrics()).contains("coapgate_opaque_tokens 0.0"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sessionsWithTokens()).isZero());
    }

    @Test
    void aCwtIsNoBusinessOfThatServer() throws Exception {
        Request request = Request.newPost();
        request.setPayload(new byte[] {(byte) 0xd2, 1, 2, 3});
        assertThat(device.send(request, "/authz-info").getCode()).isEqualTo(ResponseCode.BAD_REQUEST);
        assertThat(server.requests()).isEmpty();
    }
}
