package io.coapgate.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.SimulatedDevice;
import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.upstream.ReceivedRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Plants a key, a CWT, a JWT and a body, provokes refusals of each kind, and looks for the canaries wherever people look. */
@ExtendWith(House.Keeper.class)
class CanaryIT {
    private static final String BODY = "canary-body-7f3a9c51";

    private final House house;

    CanaryIT(House house) {
        this.house = house;
    }

    @Test
    void secretsTokensAndBodiesAreInNoLogMetricOrAnswer() throws Exception {
        DeviceProfile profile = house.psk();
        byte[] token = House.selfIssued(profile).token();
        byte[] stolen = house.issuer()
                .tokensFor(house.rpk().id(), house.rpk().credential(), House.GRANT)
                .token();
        List<byte[]> answers = new ArrayList<>();
        try (SimulatedDevice device = house.start(profile)) {
            answers.add(House.await(device.uploadToken(token)).payload());
            answers.add(House.await(device.uploadToken(stolen)).payload());
            answers.add(House.await(device.request(post("/nowhere"))).payload());
            answers.add(House.await(device.request(post("/telemetry/%2e%2e/x"))).payload());
            assertThat(House.await(device.request(post(House.TOKEN_PATH))).code())
                    .isEqualTo("2.04");
        }
        ReceivedRequest received = house.upstream().lastRequest().orElseThrow();
        assertThat(received.body()).asString(UTF_8).isEqualTo(BODY);

        List<String> canaries =
                new ArrayList<>(List.of(BODY, received.bearerToken().orElseThrow()));
        canaries.addAll(
                forms(((Credential.PreSharedKey) profile.credential()).key().expose()));
        canaries.addAll(forms(token));
        canaries.addAll(forms(stolen));
        String log = Files.readString(house.gateway().files().log());
        assertThat(log).as("the log").contains("token_binding", "device=psk-1").doesNotContain(canaries);
        assertThat(metrics()).as("metrics").contains("coapgate_requests_total").doesNotContain(canaries);
        assertThat(metrics()).as("metrics").doesNotContain("psk-1");
        answers.forEach(answer -> assertThat(new String(answer, UTF_8)).doesNotContain(canaries));
    }

    private static DeviceRequest post(String path) {
        return DeviceRequest.post(path, BODY.getBytes(UTF_8), DeviceRequest.TEXT_PLAIN);
    }

    /** Whatever a careless log statement might make of bytes. */
    private static List<String> forms(byte[] secret) {
        String hex = HexFormat.of().formatHex(secret, 0, 12);
        return List.of(
                hex,
                hex.toUpperCase(Locale.ROOT),
                HexFormat.ofDelimiter(" ").formatHex(secret, 0, 12),
                Base64.getEncoder().encodeToString(secret).substring(0, 16),
                Base64.getUrlEncoder().encodeToString(secret).substring(0, 16),
                secret[0] + ", " + secret[1] + ", " + secret[2] + ", " + secret[3]);
    }

    private String metrics() throws Exception {
        URI uri = URI.create(
                "http://" + HostPort.format(house.gateway().addresses().http("admin")) + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
