package io.coapgate.gateway;

import static io.coapgate.gateway.RawMessage.ACCEPT;
import static io.coapgate.gateway.RawMessage.ACK;
import static io.coapgate.gateway.RawMessage.BLOCK1;
import static io.coapgate.gateway.RawMessage.BLOCK2;
import static io.coapgate.gateway.RawMessage.CONTENT_FORMAT;
import static io.coapgate.gateway.RawMessage.ETAG;
import static io.coapgate.gateway.RawMessage.IF_MATCH;
import static io.coapgate.gateway.RawMessage.SIZE1;
import static io.coapgate.gateway.RawMessage.URI_HOST;
import static io.coapgate.gateway.RawMessage.URI_PATH;
import static io.coapgate.gateway.RawMessage.URI_QUERY;
import static io.coapgate.gateway.RawMessage.con;
import static io.coapgate.gateway.RawMessage.empty;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.upstream.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A device with a good key and bad intentions: what it is told, and what, byte by byte, the service gets to see. */
@Timeout(60)
class HostileDeviceTest {
    private static final String GET = "0.01";
    private static final String POST = "0.02";
    private static final String PUT = "0.03";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok";

    private final RawServer service = RawServer.answering(OK);
    private final PskGateway gateway;
    private final RawCoapClient device;
    private int mid;

    HostileDeviceTest(@TempDir Path directory) throws Exception {
        gateway = new PskGateway(directory, service.port(), PskGateway.PATIENT, "response-timeout: 50s");
        device = gateway.device("sensor-1");
    }

    @AfterEach
    void stop() throws Exception {
        device.close();
        gateway.close();
        service.close();
    }

    private RawMessage request(String method, String... path) {
        return con(method, ++mid, path);
    }

    private void assertRefused(RawMessage request, String code, String reason) throws Exception {
        assertThat(device.exchange(request).codeText()).isEqualTo(code);
        gateway.awaitRefusals(reason, 1);
        assertThat(service.connections()).isZero();
    }

    /** The only request that came: its line, and its headers by name, each of which stands once. */
    private Map<String, String> served(RawMessage request, String line) throws Exception {
        assertThat(device.exchange(request).code() >> 5)
                .as("the class of the answer")
                .isEqualTo(2);
        assertThat(service.requests()).hasSize(1);
        String[] head = service.requests().get(0).split("\r\n\r\n", 2)[0].split("\r\n", -1);
        assertThat(head[0]).isEqualTo(line + " HTTP/1.1");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < head.length; i++) {
            String[] field = head[i].split(": ", 2);
            assertThat(headers.put(field[0].toLowerCase(Locale.ROOT), field[1]))
                    .as(field[0])
                    .isNull();
        }
        return headers;
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    @Nested
    class Paths {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ".",
                    "..",
                    "a/b",
                    "/",
                    "../x",
                    "a\\b",
                    "..\\",
                    "%2e%2e",
                    "%2E.",
                    ".%2e",
                    "%2f",
                    "%5C",
                    "%252e%252e",
                    "%252f",
                    "%00",
                    "a%0d%0aX",
                    "a\u0000b",
                    "a\r\nX: y",
                    "\n",
                    "\u007f",
                    "\u0085",
                })
        void whatCouldLeadElsewhereIsRefused(String segment) throws Exception {
            RawMessage request = request(GET, "a").with(URI_PATH, text(segment)).with(URI_PATH, text("b"));
            assertRefused(request, "4.00", "path_invalid");
        }

        /** Slash and dots in more bytes than they need, halves of surrogate pairs, bytes that begin nothing. */
        @ParameterizedTest
        @ValueSource(
                strings = {"c0af", "c0aec0ae", "e080af", "f08080af", "eda080", "edbfbf", "ff", "fe", "c3", "f8888080af"
                })
        void whatIsNotUtf8IsRefused(String hex) throws Exception {
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertRefused(request(GET, "a").with(URI_PATH, bytes), "4.00", "path_invalid");
        }

        /** Each of them means something to some server, unless it is escaped. */
        @ParameterizedTest
        @CsvSource({
            "..;, /..%3B",
            "..;x=1, /..%3Bx=1",
            "admin;x, /admin%3Bx",
            "a?b#c, /a%3Fb%23c",
            "a HTTP, /a%20HTTP",
            "%c0%af, /%25c0%25af",
            "%u002f, /%25u002f",
            "\uff0e\uff0e, /%EF%BC%8E%EF%BC%8E",
            "\uff0f, /%EF%BC%8F",
            "http:, /http:",
            "@canary.example, /@canary.example",
            "..., /...",
        })
        void whatIsAcceptedIsEscaped(String segment, String path) throws Exception {
            served(request(GET, segment), "GET " + path);
        }

        @Test
        void thirtyThreeSegmentsAreTooMany() throws Exception {
            String[] most = Collections.nCopies(32, "a").toArray(String[]::new);
            assertRefused(request(GET, most).with(URI_PATH, text("a")), "4.00", "path_invalid");
            served(request(GET, most), "GET " + "/a".repeat(32));
        }
    }

    @Nested
    class Queries {
        @ParameterizedTest
        @ValueSource(strings = {"a=b\r\nX: y", "a\u0000", "\n", "a\u007f", "\u0085"})
        void controlCharactersAreRefused(String argument) throws Exception {
            assertRefused(request(GET, "a").with(URI_QUERY, text(argument)), "4.00", "query_invalid");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ff", "c08d", "eda080"})
        void whatIsNotUtf8IsRefused(String hex) throws Exception {
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertRefused(request(GET, "a").with(URI_QUERY, bytes), "4.00", "query_invalid");
        }

        @ParameterizedTest
        @CsvSource({
            "a=1&admin=1, a=1%26admin=1",
            "a=1;admin=1, a=1%3Badmin=1",
            "a=1#b, a=1%23b",
            "a=1+1, a=1%2B1",
            "a= HTTP/1.1, a=%20HTTP/1.1",
            "%0d%0aX: y, %250d%250aX:%20y",
            "../.., ../..",
        })
        void oneArgumentStaysOne(String argument, String query) throws Exception {
            served(request(GET, "a").with(URI_QUERY, argument.getBytes(UTF_8)), "GET /a?" + query);
        }

        @ParameterizedTest
        @ValueSource(ints = {33, 1000})
        void tooManyAreRefused(int count) throws Exception {
            RawMessage request = request(GET, "a");
            for (int i = 0; i < count; i++) {
                request = request.with(URI_QUERY, (byte) 'q');
            }
            assertRefused(request, "4.00", "query_invalid");
        }
    }

    @Nested
    class OtherOptions {
        private final byte[] smuggled = text("x\r\nauthorization: Bearer mine");

        @Test
        void noOptionBecomesAHeaderOfTheDevicesChoice() throws Exception {
            RawMessage request = request(GET, "a")
                    .with(URI_HOST, smuggled)
                    .with(RawMessage.URI_PORT, (byte) 1)
                    .with(ETAG, text("x\r\ny: z"))
                    .with(ETAG, text("\", \"*"))
                    .with(ETAG, text("W/\"a\""))
                    .with(RawMessage.REQUEST_TAG, text("x\r\ny: z"))
                    .with(RawMessage.ECHO, smuggled)
                    .with(2048, smuggled);
            Map<String, String> headers = served(request, "GET /a");
            assertThat(headers).containsOnlyKeys("authorization", "forwarded", "host", "traceparent", "via");
            assertThat(headers.get("authorization")).startsWith("Bearer ey");
            assertThat(headers.get("host")).isEqualTo("127.0.0.1:" + service.port());
        }

        @Test
        void anEntityTagCannotBreakOutOfItsQuotes() throws Exception {
            RawMessage broken = request(PUT, "a").with(IF_MATCH, text("\", \"*"));
            assertRefused(broken, "4.12", "entity_tag_unknown");
            RawMessage one = request(PUT, "a").with(IF_MATCH, text("\"\r\nx:y")).with(IF_MATCH, text("good"));
            assertThat(served(one, "PUT /a").get("if-match")).isEqualTo("\"good\"");
        }

        @ParameterizedTest
        @CsvSource({"65000, 4.15, content_format_unsupported", "65535, 4.15, content_format_unsupported"})
        void aContentFormatThatNobodyKnowsIsRefused(int format, String code, String reason) throws Exception {
            assertRefused(request(POST, "a").withUint(CONTENT_FORMAT, format).withPayload("x"), code, reason);
        }

        @Test
        void whatCannotBeAcceptedIsRefused() throws Exception {
            assertRefused(request(GET, "a").withUint(ACCEPT, 65535), "4.06", "accept_unsupported");
        }

        @Test
        void proxiedRequestsGoNowhere() throws Exception {
            try (RawServer canary = RawServer.answering(OK)) {
                RawMessage uri = request(GET, "a").with(RawMessage.PROXY_URI, text(canary.url() + "/"));
                assertThat(device.exchange(uri).codeText()).isEqualTo("5.05");
                RawMessage scheme = request(GET, "a").with(39, text("http")).with(URI_HOST, text("127.0.0.1"));
                assertThat(device.exchange(scheme).codeText()).isEqualTo("5.05");
                gateway.awaitRefusals("proxying_not_supported", 2);
                assertThat(canary.connections()).isZero();
            }
            assertThat(service.connections()).isZero();
        }

        @Test
        void aFloodOfOptionsThatMeanNothingIsIgnored() throws Exception {
            RawMessage request = request(GET, "a");
            for (int i = 0; i < 1000; i++) {
                request = request.with(65000, (byte) i);
            }
            served(request, "GET /a");
        }

        @Test
        void aFloodOfEntityTagsIsCutOrRefused() throws Exception {
            RawMessage etags = request(GET, "a");
            RawMessage conditions = request(PUT, "a");
            for (int i = 0; i < 500; i++) {
                etags = etags.with(ETAG, text("tag" + i));
                conditions = conditions.with(IF_MATCH, text("tag" + i));
            }
            assertRefused(conditions, "4.02", "option_unsupported");
            assertThat(Objects.requireNonNull(served(etags, "GET /a").get("if-none-match"))
                            .split(", ", -1))
                    .hasSizeLessThanOrEqualTo(16);
        }

        @Test
        void aMarkerWithoutAPayloadIsReset() throws Exception {
            byte[] get = request(GET, "a").bytes();
            byte[] marked = Arrays.copyOf(get, get.length + 1);
            marked[get.length] = (byte) 0xff;
            device.send(marked);
            assertThat(device.receive().bytes())
                    .isEqualTo(empty(RawMessage.RST, mid).bytes());
            gateway.awaitRefusals("message_malformed", 1);
            assertThat(service.connections()).isZero();
        }
    }

    @Nested
    class Blocks {
        private RawMessage block(String path, int number, boolean more, int szx, int length) {
            return request(PUT, path).withBlock(BLOCK1, number, more, szx).withPayload("x".repeat(length));
        }

        @Test
        void uploadsThatOnlyBeginAreBounded() throws Exception {
            Map<String, Integer> codes = new HashMap<>();
            for (int i = 0; i < 500; i++) {
                codes.merge(device.exchange(block("a" + i, 0, true, 6, 1024)).codeText(), 1, Integer::sum);
            }
            assertThat(codes).isEqualTo(Map.of("2.31", 4, "4.29", 496));
            gateway.awaitRefusals("uploads_unfinished", 496);
            assertThat(service.connections()).isZero();
            served(block("a0", 1, false, 6, 10), "PUT /a0");
        }

        @ParameterizedTest
        @CsvSource({
            "2, 2", // one left out
            "1048575, 2", // the last number that there is
            "1, 0", // 16 to 32, which has come already
            "3, 0", // 48 to 64, which has come already
        })
        void aBlockThatDoesNotFollowEndsTheUpload(int number, int szx) throws Exception {
            assertThat(device.exchange(block("a", 0, true, 2, 64)).codeText()).isEqualTo("2.31");
            RawMessage next = block("a", number, true, szx, 16 << szx);
            assertThat(device.exchange(next).codeText()).isEqualTo("4.08");
            assertThat(device.exchange(block("a", 1, false, 2, 64)).codeText()).isEqualTo("4.08");
            assertThat(service.connections()).isZero();
        }

        @Test
        void blocksThatCannotBeAreRefused() throws Exception {
            assertThat(device.exchange(block("a", 0, true, 7, 64)).codeText()).isEqualTo("4.00");
            assertThat(device.exchange(block("a", 0, true, 0, 17)).codeText()).isEqualTo("4.00");
            RawMessage huge = block("a", 0, true, 2, 64).withUint(SIZE1, -1);
            assertThat(device.exchange(huge).codeText()).isEqualTo("4.13");
            RawMessage reserved = request(GET, "a").withBlock(BLOCK2, 0, false, 7);
            assertThat(device.exchange(reserved).codeText()).isEqualTo("4.00");
            assertThat(service.connections()).isZero();
        }

        @Test
        void aBlockBeyondTheEndIsNotThere() throws Exception {
            RawMessage beyond = request(GET, "a").withBlock(BLOCK2, 1048575, false, 6);
            assertThat(device.exchange(beyond).codeText()).isEqualTo("4.02");
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Nested
    class Load {
        private static final int MANY = 1000;

        /** As CoAP would, it says again what stays without an answer: the operating system may have dropped it. */
        private Map<Integer, RawMessage> answers(Map<Integer, RawMessage> sent) throws Exception {
            Map<Integer, RawMessage> answers = new HashMap<>();
            for (int round = 0; answers.size() < sent.size() && round < 10; round++) {
                sent.values().stream()
                        .filter(request -> !answers.containsKey(request.mid()))
                        .forEach(device::send);
                for (var next = device.poll(Duration.ofSeconds(2)); next.isPresent(); ) {
                    answers.put(next.get().mid(), next.get());
                    next = answers.size() < sent.size() ? device.poll(Duration.ofSeconds(2)) : Optional.empty();
                }
            }
            return answers;
        }

        @Test
        void aBurstIsAnsweredToTheLastAndLeavesNothingBehind() throws Exception {
            Map<Integer, RawMessage> sent = new HashMap<>();
            for (int i = 0; i < MANY; i++) {
                RawMessage request = request(GET, "a" + i);
                sent.put(request.mid(), request);
            }
            Map<Integer, RawMessage> answers = answers(sent);
            assertThat(answers).hasSize(MANY);
            assertThat(answers.values()).allSatisfy(answer -> {
                assertThat(answer.type()).isEqualTo(ACK);
                assertThat(answer.token())
                        .isEqualTo(
                                Objects.requireNonNull(sent.get(answer.mid())).token());
                assertThat(answer.codeText()).isIn("2.05", "4.29");
                assertThat(answer.codeText().equals("2.05") || answer.uint(RawMessage.MAX_AGE) > 0)
                        .isTrue();
            });
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> gateway.metrics().contains("coapgate_requests_in_flight 0.0"));
            for (int i = 0; i < 20; i++) {
                assertThat(device.exchange(request(GET, "after")).codeText()).isEqualTo("2.05");
            }
        }
    }

    /** Its answers are separate ones, which wait for an acknowledgement: of one only, and the others for their turn. */
    @Test
    void aDeviceThatAcknowledgesNothingHoldsUpNobody(@TempDir Path another) throws Exception {
        String listener = "coap: {piggyback-window: 0s, ack-timeout: 60s}";
        try (RawServer slow = RawServer.start(HostileDeviceTest::answerSlowly);
                PskGateway separate = new PskGateway(another, slow.port(), listener, "response-timeout: 50s");
                RawCoapClient silent = separate.device("sensor-1");
                RawCoapClient other = separate.device("sensor-2")) {
            for (int i = 0; i < 40; i++) {
                silent.send(con(GET, ++mid, "a"));
            }
            RawMessage request = con(GET, ++mid, "b");
            assertThat(other.exchange(request).bytes())
                    .isEqualTo(empty(ACK, mid).bytes());
            RawMessage answer = other.receive();
            assertThat(answer.token()).isEqualTo(request.token());
            assertThat(answer.codeText()).isEqualTo("2.05");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> separate.metrics().contains("coapgate_requests_in_flight 0.0"));
            RawMessage first = nextConfirmable(silent);
            silent.send(empty(ACK, first.mid()));
            assertThat(nextConfirmable(silent).token()).isNotEqualTo(first.token());
        }
    }

    private static RawMessage nextConfirmable(RawCoapClient client) throws InterruptedException {
        RawMessage message = client.receive();
        while (message.type() != RawMessage.CON) {
            message = client.receive();
        }
        return message;
    }

    private static void answerSlowly(RawServer.Peer peer) throws IOException, InterruptedException {
        while (true) {
            peer.read();
            peer.pause(300);
            peer.write(OK);
        }
    }

    @Test
    void whatOneDeviceDoesAnotherDoesNotFeel() throws Exception {
        for (int i = 0; i < 300; i++) { // and reads none of the answers
            device.send(request(GET, "a").with(URI_QUERY, ("n=" + i).getBytes(ISO_8859_1)));
            device.send(
                    con(PUT, 10_000 + i, "b" + i).withBlock(BLOCK1, 0, true, 6).withPayload("x".repeat(1024)));
        }
        try (RawCoapClient other = gateway.device("sensor-2")) {
            for (String method : List.of(GET, PUT)) {
                assertThat(other.exchange(con(method, ++mid, "good")).code() >> 5)
                        .isEqualTo(2);
            }
        }
    }
}
