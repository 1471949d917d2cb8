package io.coapgate.gateway;

import static io.coapgate.gateway.RawMessage.ACK;
import static io.coapgate.gateway.RawMessage.con;
import static io.coapgate.gateway.RawMessage.empty;
import static io.coapgate.gateway.RawMessage.non;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that the edge acts on, as they stand on the wire. */
@Timeout(60)
class EdgeOptionsTest {
    private final RunningGateway gateway;
    private final RawCoapClient device;

    EdgeOptionsTest(@TempDir Path directory) throws Exception {
        gateway = new RunningGateway(directory, "", "");
        device = gateway.device("sensor-1");
    }

    @AfterEach
    void stop() {
        device.close();
        gateway.close();
    }

    private void assertReported(String reason) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(gateway.metrics())
                        .contains("coapgate_refusals_total{reason=\"" + reason + "\"} 1.0"));
    }

    private void waitForCall(String call) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> gateway.called().contains(call));
    }

    /** RFC 7967 §2.1. */
    @Nested
    class NoResponse {
        @Test
        void aNonConfirmableRequestIsServedInSilence() throws Exception {
            device.send(non("0.02", 1, "open", "a").withUint(RawMessage.NO_RESPONSE, 0b10));
            waitForCall("POST /open/a");
            RawMessage next = device.exchange(con("0.01", 2, "open", "b"));
            assertThat(next.mid()).as("of %s", next).isEqualTo(2); // by then the other would have been answered
            device.expectNothing();
        }

        @Test
        void aConfirmableRequestGetsItsEmptyAcknowledgementAndADuplicateAnother() throws Exception {
            RawMessage request = con("0.02", 1, "open", "a").withUint(RawMessage.NO_RESPONSE, 0b11010);
            assertThat(device.exchange(request).toString())
                    .isEqualTo(empty(ACK, 1).toString());
            assertThat(device.exchange(request).toString())
                    .isEqualTo(empty(ACK, 1).toString());
            device.expectNothing();
            assertThat(gateway.called()).containsExactly("POST /open/a");
        }

        @Test
        void theClassesThatTheDeviceWantsAreSent() throws Exception {
            RawMessage unknown = con("0.01", 1, "nowhere").withUint(RawMessage.NO_RESPONSE, 0b10);
            assertThat(device.exchange(unknown).codeText()).isEqualTo("4.04");
            RawMessage everything = con("0.01", 2, "open", "a").with(RawMessage.NO_RESPONSE);
            assertThat(device.exchange(everything).codeText()).isEqualTo("2.05");
            RawMessage noErrors = con("0.01", 3, "open", "a").withUint(RawMessage.NO_RESPONSE, 0b11000);
            assertThat(device.exchange(noErrors).codeText()).isEqualTo("2.05");
            RawMessage noRefusal = con("0.01", 4, "nowhere").withUint(RawMessage.NO_RESPONSE, 0b1000);
            assertThat(device.exchange(noRefusal).toString())
                    .isEqualTo(empty(ACK, 4).toString());
        }
    }

    /** RFC 8768 §3. */
    @Nested
    class HopLimit {
        @Test
        void noneIsABadRequest() throws Exception {
            assertThat(device.exchange(con("0.01", 1, "open", "a").with(RawMessage.HOP_LIMIT))
                            .codeText())
                    .isEqualTo("4.00");
            assertThat(device.exchange(con("0.01", 2, "open", "a").with(RawMessage.HOP_LIMIT, (byte) 0))
                            .codeText())
                    .isEqualTo("4.00");
            assertThat(gateway.called()).isEmpty();
        }

        @Test
        void theLastHopIsTheGatewayItself() throws Exception {
            RawMessage answer = device.exchange(con("0.01", 1, "open", "a").withUint(RawMessage.HOP_LIMIT, 1));
            assertThat(answer.codeText()).isEqualTo("5.08");
            assertThat(answer.uint(RawMessage.CONTENT_FORMAT)).isEqualTo(257);
            assertThat(gateway.called()).isEmpty();
            assertReported("hop_limit_reached");
            RawMessage own = device.exchange(con("0.02", 2, "authz-info").withUint(RawMessage.HOP_LIMIT, 1));
            assertThat(own.codeText()).isEqualTo("4.00"); // no token in it, but it arrived
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 16, 255})
        void moreGoesOn(int hops) throws Exception {
            RawMessage answer = device.exchange(con("0.01", 1, "open", "a").withUint(RawMessage.HOP_LIMIT, hops));
            assertThat(answer.codeText()).isEqualTo("2.05");
            assertThat(gateway.calls().get(0).headers()).doesNotContainKeys("Max-forwards", "Hop-limit");
        }
    }

    /** RFC 9175 §2. */
    @Nested
    class Freshness {
        @Test
        void aChangeIsMadeOnceTheDeviceAnswersTheChallenge() throws Exception {
            RawMessage challenge = device.exchange(con("0.02", 1, "fresh"));
            assertThat(challenge.codeText()).isEqualTo("4.01");
            byte[] echo = challenge.option(RawMessage.ECHO).orElseThrow();
            assertThat(gateway.called()).isEmpty();
            assertReported("freshness_required");
            RawMessage answer = device.exchange(con("0.02", 2, "fresh").with(RawMessage.ECHO, echo));
            assertThat(answer.codeText()).isEqualTo("2.04");
            assertThat(answer.option(RawMessage.ECHO)).isEmpty();
            assertThat(gateway.called()).containsExactly("POST /fresh");
        }

        @Test
        void theAnswerToAnotherDevicesChallengeIsNone() throws Exception {
            byte[] echo = device.exchange(con("0.02", 1, "fresh"))
                    .option(RawMessage.ECHO)
                    .orElseThrow();
            try (RawCoapClient other = gateway.device("sensor-2")) {
                RawMessage stolen = other.exchange(con("0.02", 1, "fresh").with(RawMessage.ECHO, echo));
                assertThat(stolen.codeText()).isEqualTo("4.01");
                assertThat(stolen.option(RawMessage.ECHO)).isPresent();
            }
            assertThat(gateway.called()).isEmpty();
        }

        @Test
        void whatChangesNothingNeedsNoProofAndNeitherDoOtherRoutes() throws Exception {
            assertThat(device.exchange(con("0.01", 1, "fresh")).codeText()).isEqualTo("2.05");
            RawMessage unasked = con("0.02", 2, "open", "a").with(RawMessage.ECHO, (byte) 1);
            assertThat(device.exchange(unasked).codeText()).isEqualTo("2.04");
        }
    }

    @Test
    void uriHostAndPortNeverReachTheUpstream() throws Exception {
        RawMessage answer = device.exchange(con("0.01", 1, "open", "a")
                .with(RawMessage.URI_HOST, "canary.example".getBytes(UTF_8))
                .withUint(RawMessage.URI_PORT, 4242));
        assertThat(answer.codeText()).isEqualTo("2.05");
        assertThat(gateway.calls()).singleElement().satisfies(call -> {
            assertThat(call.uri()).isEqualTo("/open/a");
            assertThat(call.headers().get("Host")).singleElement().asString().startsWith("127.0.0.1:");
            assertThat(call.headers().toString()).doesNotContain("canary").doesNotContain("4242");
        });
    }

    @Test
    void proxyUriIsNotSupported() throws Exception {
        RawMessage request = con("0.01", 1).with(RawMessage.PROXY_URI, "http://canary.example/".getBytes(UTF_8));
        assertThat(device.exchange(request).codeText()).isEqualTo("5.05");
        assertThat(gateway.called()).isEmpty();
        assertReported("proxying_not_supported");
    }

    /** RFC 7252 §5.4.1: 9 is OSCORE, 19 and 31 are Q-Block1 and Q-Block2. */
    @ParameterizedTest
    @ValueSource(ints = {9, 19, 31, 65001})
    void anUnknownCriticalOptionIsRefused(int option) throws Exception {
        RawMessage answer = device.exchange(con("0.01", 1, "open", "a").with(option, (byte) 1));
        assertThat(answer.codeText()).isEqualTo("4.02");
        assertThat(answer.type()).isEqualTo(ACK);
        assertThat(answer.text()).as("diagnostic payload").isEqualTo("Option " + option);
        device.send(non("0.01", 2, "open", "a").with(option, (byte) 1));
        device.expectNothing();
        assertThat(gateway.called()).isEmpty();
    }

    @Test
    void aRefusedOptionIsReported() throws Exception {
        device.exchange(con("0.01", 1, "open", "a").with(65001, (byte) 1));
        assertReported("option_unsupported");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 20, 65000})
    void anUnknownElectiveOptionIsIgnored(int option) throws Exception {
        RawMessage answer = device.exchange(con("0.01", 1, "open", "a").with(option, (byte) 1));
        assertThat(answer.codeText()).isEqualTo("2.05");
    }

    /** RFC 7252 §5.4.3 and §5.4.5, each by option number and value in hexadecimal digits. */
    @ParameterizedTest
    @CsvSource({
        "17, 000000, 4.02", // Accept of three bytes
        "17, 0000, 2.05", // leading zeros
        "3, '', 4.02", // Uri-Host of none
        "12, 010203, 2.05", // Content-Format of three bytes, elective
        "60, 0000000001, 2.05", // Size1 of five bytes, elective
        "23, 00000006, 4.02", // Block2 of four bytes
    })
    void anOptionOfAWrongLengthCountsAsUnknown(int option, String value, String code) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(value);
        assertThat(device.exchange(con("0.01", 1, "open", "a").with(option, bytes))
                        .codeText())
                .isEqualTo(code);
    }

    @Test
    void oneMoreOfAnOptionThatMayStandOnceCountsAsUnknown() throws Exception {
        RawMessage twoHosts = con("0.01", 1, "open", "a")
                .with(RawMessage.URI_HOST, (byte) 'a')
                .with(RawMessage.URI_HOST, (byte) 'b');
        assertThat(device.exchange(twoHosts).codeText()).isEqualTo("4.02");
        RawMessage twoFormats = con("0.02", 2, "open", "a")
                .withUint(RawMessage.CONTENT_FORMAT, 50)
                .withUint(RawMessage.CONTENT_FORMAT, 60)
                .withPayload("{}");
        assertThat(device.exchange(twoFormats).codeText()).isEqualTo("2.04");
        assertThat(gateway.calls().get(0).headers().get("Content-type")).containsExactly("application/json");
    }
}
