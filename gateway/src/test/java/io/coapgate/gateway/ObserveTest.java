package io.coapgate.gateway;

import static io.coapgate.gateway.RawMessage.ACK;
import static io.coapgate.gateway.RawMessage.BLOCK2;
import static io.coapgate.gateway.RawMessage.CON;
import static io.coapgate.gateway.RawMessage.CONTENT_FORMAT;
import static io.coapgate.gateway.RawMessage.ETAG;
import static io.coapgate.gateway.RawMessage.MAX_AGE;
import static io.coapgate.gateway.RawMessage.NON;
import static io.coapgate.gateway.RawMessage.RST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Observations on the wire, message by message: RFC 7641, in the order of the ETSI's TD_COAP_OBS where they have a test. */
@Timeout(120)
class ObserveTest {
    private static final int OBSERVE = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory = Path.of("");

    private ObservedGateway gateway;
    private RawCoapClient device;

    @BeforeEach
    void start() throws Exception {
        start("interval: 100ms");
    }

    private void start(String observe) throws Exception {
        gateway = new ObservedGateway(
                directory, observe, "max-retransmit: 1", "limits: {max-observations-per-device: 3}");
        gateway.serve("/obs/a", "1");
        device = gateway.device("sensor-1");
    }

    private void restart(String observe) throws Exception {
        stop();
        start(observe);
    }

    @AfterEach
    void stop() {
        device.close();
        gateway.close();
    }

    private static RawMessage register(int mid, String... path) {
        return RawMessage.con("0.01", mid, path).withUint(OBSERVE, 0);
    }

    /** The answer, whether it rides on the acknowledgement or not. */
    private static RawMessage ask(RawCoapClient client, RawMessage request) throws Exception {
        RawMessage answer = client.exchange(request);
        if (answer.type() == ACK && answer.code() == 0) {
            answer = client.receive();
            if (answer.type() == CON) {
                client.send(RawMessage.empty(ACK, answer.mid()));
            }
        }
        assertThat(answer.token()).isEqualTo(request.token());
        return answer;
    }

    /** Registers, and checks that it stands. */
    private RawMessage observe(int mid, String... path) throws Exception {
        RawMessage answer = ask(device, register(mid, path));
        assertThat(answer.codeText()).isEqualTo("2.05");
        assertThat(answer.option(OBSERVE)).isPresent();
        return answer;
    }

    private void awaitEnd(String reason) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> gateway.metric("coapgate_observations_ended_total{reason=\"" + reason + "\"}") == 1.0);
        assertThat(gateway.metric("coapgate_observations")).isZero();
    }

    private void acknowledge(RawMessage message) {
        if (message.type() == CON) {
            device.send(RawMessage.empty(ACK, message.mid()));
        }
    }

    private static boolean isNewer(int later, int earlier) {
        return Math.floorMod(later - earlier, 1 << 24) < 1 << 23 && later != earlier;
    }

    @Nested
    class Notifications {
        /** TD_COAP_OBS_02, and OBS_09 for the change by another client. */
        @Test
        void tellANewStateWithTheTokenOfTheRegistration() throws Exception {
            RawMessage registration = register(1, "obs", "a");
            RawMessage first = ask(device, registration);
            assertThat(first.text()).isEqualTo("1");
            assertThat(first.uint(MAX_AGE)).isGreaterThanOrEqualTo(900);
            int last = first.uint(OBSERVE);
            try (RawCoapClient other = gateway.device("sensor-2")) {
                for (int i = 2; i < 8; i++) {
                    RawMessage put = RawMessage.con("0.03", i, "obs", "a").withPayload("" + i);
                    assertThat(ask(other, put).codeText()).isEqualTo("2.04");
                    RawMessage notification = device.receive();
                    assertThat(notification.type()).isEqualTo(NON);
                    assertThat(notification.codeText()).isEqualTo("2.05");
                    assertThat(notification.token()).isEqualTo(registration.token());
                    assertThat(notification.text()).isEqualTo("" + i);
                    assertThat(notification.uint(CONTENT_FORMAT)).isEqualTo(first.uint(CONTENT_FORMAT));
                    assertThat(notification.option(ETAG)).isPresent().isNotEqualTo(first.option(ETAG));
                    assertThat(isNewer(notification.uint(OBSERVE), last)).isTrue();
                    last = notification.uint(OBSERVE);
                }
            }
            assertThat(gateway.metric("coapgate_notifications_total{type=\"non\"}"))
                    .isEqualTo(6.0);
        }

        /** TD_COAP_OBS_01: Observe in confirmable notifications; the RFC wants them, the gateway now and then. */
        @Test
        void askNowAndThenForAnAcknowledgement() throws Exception {
            observe(1, "obs", "a");
            List<Integer> types = new ArrayList<>();
            for (int i = 2; i < 50; i++) {
                gateway.serve("/obs/a", "" + i);
                RawMessage notification = device.receive();
                assertThat(notification.text()).isEqualTo("" + i);
                acknowledge(notification);
                types.add(notification.type());
            }
            assertThat(types.stream().filter(type -> type == CON)).hasSize(2);
            assertThat(gateway.metric("coapgate_notifications_total{type=\"con\"}"))
                    .isEqualTo(2.0);
        }

        /** TD_COAP_OBS_05 and OBS_11: the newest state wins while one is outstanding, and silence is the end. */
        @Test
        void areRetransmittedWithTheNewestStateUntilTheDeviceIsGivenUp() throws Exception {
            observe(1, "obs", "a");
            RawMessage unacknowledged = null;
            for (int i = 2; unacknowledged == null; i++) {
                gateway.serve("/obs/a", "" + i);
                RawMessage notification = device.receive();
                unacknowledged = notification.type() == CON ? notification : null;
            }
            gateway.serve("/obs/a", "newest");
            RawMessage again = device.receive();
            while (!again.text().equals("newest")) { // it was sent before the poll
                again = device.receive();
            }
            assertThat(again.type()).isEqualTo(CON);
            assertThat(isNewer(again.uint(OBSERVE), unacknowledged.uint(OBSERVE)))
                    .isTrue();
            awaitEnd("unreachable");
        }

        /** TD_COAP_OBS_13. */
        @Test
        void comeInBlocksIfTheyAreLarge() throws Exception {
            gateway.serve("/obs/large", "a".repeat(1500));
            RawMessage first = observe(1, "obs", "large");
            assertThat(first.uint(BLOCK2)).isEqualTo(0 << 4 | 8 | 6);
            gateway.serve("/obs/large", "b".repeat(1500));
            RawMessage notification = device.receive();
            assertThat(notification.uint(BLOCK2)).isEqualTo(0 << 4 | 8 | 6);
            assertThat(notification.text()).isEqualTo("b".repeat(1024));
            RawMessage rest =
                    ask(device, RawMessage.con("0.01", 2, "obs", "large").withBlock(BLOCK2, 1, false, 6));
            assertThat(rest.option(OBSERVE)).isEmpty();
            assertThat(rest.option(ETAG).orElseThrow())
                    .isEqualTo(notification.option(ETAG).orElseThrow());
            assertThat(rest.text()).isEqualTo("b".repeat(1500 - 1024));
        }

        /** TD_COAP_OBS_14. */
        @Test
        void growAndShrink() throws Exception {
            gateway.serve("/obs/pumping", "small");
            assertThat(observe(1, "obs", "pumping").option(BLOCK2)).isEmpty();
            gateway.serve("/obs/pumping", "b".repeat(1500));
            assertThat(device.receive().uint(BLOCK2)).isEqualTo(0 << 4 | 8 | 6);
            gateway.serve("/obs/pumping", "small again");
            RawMessage small = device.receive();
            assertThat(small.option(BLOCK2)).isEmpty();
            assertThat(small.text()).isEqualTo("small again");
        }

        @Test
        void repeatTheStateBeforeItGoesStale() throws Exception {
            restart("interval: 100ms, refresh: 300ms");
            RawMessage first = observe(1, "obs", "a");
            RawMessage again = device.receive();
            assertThat(again.text()).isEqualTo("1");
            assertThat(again.option(ETAG).orElseThrow())
                    .isEqualTo(first.option(ETAG).orElseThrow());
            assertThat(isNewer(again.uint(OBSERVE), first.uint(OBSERVE))).isTrue();
        }

        @Test
        void areForTheDeviceAloneThatTheyWereFetchedFor() throws Exception {
            try (RawCoapClient other = gateway.device("sensor-2")) {
                assertThat(ask(device, register(1, "obs", "whoami")).text()).isEqualTo("d1");
                assertThat(ask(other, register(1, "obs", "whoami")).text()).isEqualTo("d2");
                gateway.serve("/obs/whoami", " again");
                assertThat(device.receive().text()).isEqualTo("d1 again");
                assertThat(other.receive().text()).isEqualTo("d2 again");
            }
        }

        @Test
        void stopForAMomentWhileTheServiceIsDown() throws Exception {
            observe(1, "obs", "a");
            int before = gateway.calls("/obs/a");
            gateway.serve("/obs/a", 503, "", "");
            Awaitility.await().atMost(PATIENCE).until(() -> gateway.calls("/obs/a") > before + 2);
            device.expectNothing();
            gateway.serve("/obs/a", "up again");
            assertThat(device.receive().text()).isEqualTo("up again");
        }
    }

    @Nested
    class TheEnd {
        /** TD_COAP_OBS_06. */
        @Test
        void comesWithAReset() throws Exception {
            observe(1, "obs", "a");
            gateway.serve("/obs/a", "2");
            device.send(RawMessage.empty(RST, device.receive().mid()));
            awaitEnd("rejected");
            gateway.serve("/obs/a", "3");
            device.expectNothing();
        }

        /** TD_COAP_OBS_12. */
        @Test
        void comesWhenTheDeviceSaysSo() throws Exception {
            RawMessage registration = register(1, "obs", "a");
            ask(device, registration);
            RawMessage answer = ask(
                    device,
                    RawMessage.con("0.01", 2, "obs", "a")
                            .withToken(registration.token())
                            .withUint(OBSERVE, 1));
            assertThat(answer.codeText()).isEqualTo("2.05");
            assertThat(answer.option(OBSERVE)).isEmpty();
            awaitEnd("cancelled");
            gateway.serve("/obs/a", "2");
            device.expectNothing();
        }

        /** TD_COAP_OBS_10. */
        @Test
        void doesNotComeWithAPlainGet() throws Exception {
            RawMessage registration = register(1, "obs", "a");
            ask(device, registration);
            RawMessage plain = ask(device, RawMessage.con("0.01", 2, "obs", "a"));
            assertThat(plain.option(OBSERVE)).isEmpty();
            gateway.serve("/obs/a", "2");
            assertThat(device.receive().token()).isEqualTo(registration.token());
        }

        /** TD_COAP_OBS_07. */
        @Test
        void comesWithTheErrorOfTheService() throws Exception {
            RawMessage registration = register(1, "obs", "a");
            ask(device, registration);
            gateway.serve("/obs/a", 404, "", "");
            assertLast(device.receive(), registration, "4.04");
            awaitEnd("upstream");
        }

        /** TD_COAP_OBS_08. */
        @Test
        void comesWithAnotherContentFormat() throws Exception {
            RawMessage registration = register(1, "obs", "a");
            ask(device, registration);
            gateway.serve("/obs/a", 200, "application/json", "{}");
            assertLast(device.receive(), registration, "4.06");
            awaitEnd("format_changed");
        }

        @Test
        void comesWithTheTokens() throws Exception {
            gateway.serve("/cwt/a", "1");
            assertThat(ask(device, register(1, "cwt", "a")).codeText()).isEqualTo("4.01");
            Instant end = Clock.systemUTC().instant().plusSeconds(4);
            RawMessage upload = RawMessage.con("0.02", 2, "authz-info").withUint(CONTENT_FORMAT, 61);
            RawMessage uploaded = ask(
                    device,
                    new RawMessage(
                            upload.type(),
                            upload.code(),
                            upload.mid(),
                            upload.token(),
                            upload.options(),
                            ObservedGateway.token(end)));
            assertThat(uploaded.codeText()).isEqualTo("2.01");
            RawMessage registration = register(3, "cwt", "a");
            assertThat(ask(device, registration).option(OBSERVE)).isPresent();
            assertLast(device.receive(), registration, "4.01");
            assertThat(Clock.systemUTC().instant()).isAfterOrEqualTo(end.minusSeconds(1));
            awaitEnd("unauthorized");
        }

        @Test
        void comesWithTheDevicesRevocationBeforeTheSessionIsCut() throws Exception {
            RawMessage registration = register(1, "obs", "a");
            ask(device, registration);
            gateway.enrol(false);
            awaitEnd("unauthorized");
            assertLast(device.receive(), registration, "4.01");
        }

        @Test
        void comesWithTheSessionSilently() throws Exception {
            observe(1, "obs", "a");
            device.disconnect();
            awaitEnd("disconnected");
            int calls = gateway.calls("/obs/a");
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(PATIENCE)
                    .until(() -> gateway.calls("/obs/a") <= calls + 1);
        }

        @Test
        void comesWithTheGatewaysAndIsTold() throws Exception {
            RawMessage registration = register(1, "obs", "a");
            ask(device, registration);
            gateway.gateway().drain(Duration.ofSeconds(5));
            assertLast(device.receive(), registration, "5.03");
        }

        private void assertLast(RawMessage message, RawMessage registration, String code) throws Exception {
            assertThat(message.codeText()).isEqualTo(code);
            assertThat(message.type()).isEqualTo(CON);
            assertThat(message.token()).isEqualTo(registration.token());
            assertThat(message.option(OBSERVE)).isEmpty();
            acknowledge(message);
        }
    }

    @Nested
    class Registration {
        @Test
        void isIgnoredWhereTheRouteAllowsNone() throws Exception {
            gateway.serve("/plain/a", "1");
            RawMessage answer = ask(device, register(1, "plain", "a"));
            assertThat(answer.codeText()).isEqualTo("2.05");
            assertThat(answer.option(OBSERVE)).isEmpty();
        }

        @Test
        void isIgnoredOverTheLimit() throws Exception {
            for (int i = 1; i <= 3; i++) {
                gateway.serve("/obs/" + i, "1");
                observe(i, "obs", "" + i);
            }
            RawMessage answer = ask(device, register(4, "obs", "a"));
            assertThat(answer.codeText()).isEqualTo("2.05");
            assertThat(answer.option(OBSERVE)).isEmpty();
            assertThat(gateway.metric("coapgate_observations_declined_total")).isEqualTo(1.0);
        }

        @Test
        void ofTheSameTokenTakesThePlaceOfTheOlder() throws Exception {
            RawMessage registration = register(1, "obs", "a");
            RawMessage first = ask(device, registration);
            RawMessage again = ask(device, register(2, "obs", "a").withToken(registration.token()));
            assertThat(again.option(OBSERVE)).isPresent();
            assertThat(gateway.metric("coapgate_observations")).isEqualTo(1.0);
            gateway.serve("/obs/a", "2");
            RawMessage notification = device.receive();
            assertThat(isNewer(notification.uint(OBSERVE), first.uint(OBSERVE))).isTrue();
            device.expectNothing();
        }

        @Test
        void ofAnotherTokenForTheSameTakesThePlaceOfTheForgottenOne() throws Exception {
            observe(1, "obs", "a");
            RawMessage again = register(2, "obs", "a");
            assertThat(ask(device, again).option(OBSERVE)).isPresent();
            gateway.serve("/obs/a", "2");
            assertThat(device.receive().token()).isEqualTo(again.token());
            device.expectNothing();
        }

        /** TD_COAP_OBS_04: a gateway that was restarted knows nothing; the device registers again. */
        @Test
        void isThereForThoseWhoComeBack() throws Exception {
            observe(1, "obs", "a");
            restart("interval: 100ms");
            observe(1, "obs", "a");
            gateway.serve("/obs/a", "2");
            assertThat(device.receive().text()).isEqualTo("2");
        }

        @Test
        void isFedByServerSentEventsWhereTheRouteSaysSo() throws Exception {
            gateway.serve("/live/a", "1");
            observe(1, "live", "a");
            Awaitility.await().atMost(PATIENCE).until(() -> gateway.streams() == 1);
            gateway.serve("/live/a", "2");
            gateway.tell("id: 1\ndata: 2\n\n");
            assertThat(device.receive().text()).isEqualTo("2");
            gateway.endStreams();
            gateway.serve("/live/a", "3"); // nobody is told, but a poll asks when the next stream begins
            assertThat(device.receive().text()).isEqualTo("3");
            Awaitility.await().atMost(PATIENCE).until(() -> gateway.streams() == 1);
            gateway.serve("/live/a", "4");
            gateway.tell("data: 4\n\n");
            assertThat(device.receive().text()).isEqualTo("4");
        }

        @ParameterizedTest
        @ValueSource(strings = {"coap-client-openssl", "coap-client-gnutls"})
        void worksWithLibcoap(String client) throws Exception {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", client)), client + " is not installed");
            String uri = "coaps://127.0.0.1:" + gateway.address().getPort() + "/obs/a";
            Path output = directory.resolve("output");
            Process process = new ProcessBuilder(
                            client, "-s", "100", "-B", "100", "-u", "sensor-2", "-k", ObservedGateway.KEY, uri)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                Awaitility.await().atMost(PATIENCE).until(() -> gateway.metric("coapgate_observations") == 1.0);
                for (String state : List.of("second state", "third state", "fourth state")) {
                    gateway.serve("/obs/a", state);
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .until(() -> Files.readString(output).contains(state));
                }
            } finally {
                process.destroyForcibly();
            }
        }

        @Test
        void worksWithCalifornium() throws Exception {
            try (PskClient psk = new PskClient(gateway.address(), "sensor-2", ObservedGateway.KEY)) {
                List<String> heard = new CopyOnWriteArrayList<>();
                CoapClient client =
                        new CoapClient("coaps://127.0.0.1:" + gateway.address().getPort() + "/obs/a");
                client.setEndpoint(psk.endpoint());
                CoapObserveRelation relation = client.observeAndWait(new CoapHandler() {
                    @Override
                    public void onLoad(CoapResponse response) {
                        heard.add(response.getResponseText());
                    }

                    @Override
                    public void onError() {
                        heard.add("error");
                    }
                });
                for (String state : List.of("2", "3".repeat(500), "4")) { // blocks of 64
                    gateway.serve("/obs/a", state);
                    Awaitility.await().atMost(PATIENCE).until(() -> heard.contains(state));
                }
                assertThat(heard).startsWith("1").doesNotContain("error");
                relation.proactiveCancel();
                awaitEnd("cancelled");
            }
        }
    }
}
