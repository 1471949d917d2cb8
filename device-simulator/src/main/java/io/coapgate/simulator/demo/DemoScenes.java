package io.coapgate.simulator.demo;

import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.CreationHints;
import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.SimulatedDevice;
import io.coapgate.simulator.launch.LocalGateway;
import io.coapgate.simulator.upstream.ReceivedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the three devices do, step by step, each checked. */
final class DemoScenes {
    private static final byte[] READING = "{\"celsius\":21.5}".getBytes(StandardCharsets.UTF_8);

    private static final int ACE_CBOR = 19;

    private final Page page;
    private final LocalGateway gateway;
    private final DeviceRuntime runtime;
    private byte[] shownToken = new byte[0];
    private Optional<ReceivedRequest> shownRequest = Optional.empty();

    DemoScenes(Page page, LocalGateway gateway, DeviceRuntime runtime) {
        this.page = page;
        this.gateway = gateway;
        this.runtime = runtime;
    }

    /** The CWT of the device whose tokens are shown. */
    byte[] shownToken() {
        return shownToken.clone();
    }

    /** What the service got for it. */
    Optional<ReceivedRequest> shownRequest() {
        return shownRequest;
    }

    void play(DemoDevices devices) throws IOException, InterruptedException {
        try (SimulatedDevice psk = start(devices.psk(), "psk");
                SimulatedDevice rpk = start(devices.rpk(), "rpk");
                SimulatedDevice x509 = start(devices.x509(), "x509")) {
            page.heading(psk.id() + ": pre-shared key, issues its own CWT");
            upload(psk, tokenOf(devices.psk()));
            post(psk, "/telemetry/" + psk.id());

            page.heading(rpk.id() + ": raw public key, CWT from an authorization server, bound to that key");
            shownToken = tokenOf(devices.rpk());
            upload(rpk, shownToken);
            post(rpk, "/telemetry/" + rpk.id());
            shownRequest = gateway.upstream().lastRequest();

            page.heading(x509.id() + ": X.509 certificate, no CWT: the DTLS session is its proof");
            post(x509, "/status/" + x509.id());

            page.heading("What is refused");
            refuse(psk, tokenOf(devices.rpk()), rpk.id(), devices);
        }
    }

    private SimulatedDevice start(DeviceProfile profile, String listener) throws IOException {
        return SimulatedDevice.start(profile, gateway.coaps(listener), runtime);
    }

    private static byte[] tokenOf(DeviceProfile profile) {
        return profile.tokens().orElseThrow().token();
    }

    private void upload(SimulatedDevice device, byte[] token) throws InterruptedException {
        Optional<Answer> answer = await(device.uploadToken(token));
        check("POST /authz-info, CWT of " + token.length + " bytes", answer, "2.01");
    }

    private void post(SimulatedDevice device, String path) throws InterruptedException {
        long before = gateway.upstream().accepted();
        Optional<Answer> answer = await(device.request(DeviceRequest.post(path, READING, DeviceRequest.JSON)));
        check("POST " + path, answer, "2.");
        boolean accepted = gateway.upstream().accepted() == before + 1
                && gateway.upstream()
                        .lastRequest()
                        .flatMap(ReceivedRequest::jwt)
                        .filter(jwt -> jwt.subject().equals(device.id()))
                        .isPresent();
        page.check("the service's verdict", answer.map(DemoScenes::verdict).orElse("none"), accepted);
    }

    /** A token of another device, on this one's session. */
    private void refuse(SimulatedDevice device, byte[] token, String owner, DemoDevices devices)
            throws IOException, InterruptedException {
        long before = gateway.upstream().requests();
        check(owner + "'s CWT on " + device.id() + "'s session", await(device.uploadToken(token)), "4.01");
        try (SimulatedDevice fresh = start(devices.psk(), "psk")) {
            DeviceRequest request = DeviceRequest.post("/telemetry/" + fresh.id(), READING, DeviceRequest.JSON);
            check("a new session without a CWT", await(fresh.request(request)), "4.01");
        }
        long after = gateway.upstream().requests();
        page.check("the service", "saw %d requests meanwhile".formatted(after - before), after == before);
    }

    private void check(String name, Optional<Answer> answer, String wanted) {
        page.check(
                name,
                answer.map(DemoScenes::told).orElse("no answer"),
                answer.filter(got -> got.code().startsWith(wanted)).isPresent());
    }

    private static String told(Answer answer) {
        return "%s%s, %,d ms%s"
                .formatted(
                        answer.outcome(),
                        hints(answer),
                        answer.elapsed().toMillis(),
                        answer.handshake() ? " with handshake" : "");
    }

    /** What the gateway says the device should ask for, if it does (RFC 9200 §5.3). */
    private static String hints(Answer answer) {
        if (answer.contentFormat().orElse(-1) != ACE_CBOR) {
            return "";
        }
        try {
            return " (needs " + CreationHints.decode(answer.payload()).scope().orElse("?") + ")";
        } catch (AceFormatException e) {
            return "";
        }
    }

    /** What the service said, as it came back to the device. */
    private static String verdict(Answer answer) {
        try {
            JsonNode json = JsonMapper.shared().readTree(answer.payload());
            return "%s %s"
                    .formatted(
                            json.path("verdict").asString("none"),
                            json.path("sub").asString(""));
        } catch (JacksonException e) {
            return "none";
        }
    }

    private static Optional<Answer> await(CompletionStage<Answer> stage) throws InterruptedException {
        try {
            return Optional.of(stage.toCompletableFuture().get());
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }
}
