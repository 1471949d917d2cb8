package io.coapgate.gateway;

import static io.coapgate.gateway.RawMessage.BLOCK2;
import static io.coapgate.gateway.RawMessage.ETAG;
import static io.coapgate.gateway.RawMessage.LOCATION_PATH;
import static io.coapgate.gateway.RawMessage.con;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.upstream.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device, over DTLS, whose service behind the gateway has gone bad: what the device is told, and what the service gets. */
@Timeout(60)
class HostileUpstreamTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    private static final String INVALID = "upstream_response_invalid";
    private static final String TOO_LARGE = "upstream_response_too_large";
    private static final String UNREACHABLE = "upstream_unreachable";
    private static final String TIMEOUT = "upstream_timeout";
    private static final String GET = "0.01";
    private static final String POST = "0.02";

    private final Path directory;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private int mid;

    HostileUpstreamTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private PskGateway gateway(RawServer service, String responseTimeout) throws Exception {
        String route = "response-timeout: " + responseTimeout;
        return opened(new PskGateway(directory, service.port(), PskGateway.PATIENT, route));
    }

    private RawServer server(RawServer.Script script) throws IOException {
        return opened(RawServer.start(script));
    }

    private RawServer answering(String response) throws IOException {
        return opened(RawServer.answering(response));
    }

    private RawMessage ask(PskGateway gateway, String method) throws Exception {
        RawCoapClient device = opened(gateway.device("sensor-1"));
        return device.exchange(con(method, ++mid, "a").withPayload(method.equals(POST) ? "x" : ""));
    }

    private RawMessage answerOf(RawServer service) throws Exception {
        return ask(gateway(service, "50s"), GET);
    }

    /** For GET as for POST: what the device is told, what the operator reads, and that the service was asked once for each. */
    private void assertRefused(RawServer service, String code, String reason) throws Exception {
        assertRefused(service, "50s", code, reason);
    }

    private void assertRefused(RawServer service, String responseTimeout, String code, String reason) throws Exception {
        PskGateway gateway = gateway(service, responseTimeout);
        for (String method : new String[] {GET, POST}) {
            RawMessage answer = ask(gateway, method);
            assertThat(answer.codeText()).isEqualTo(code);
            assertThat(answer.uint(RawMessage.CONTENT_FORMAT))
                    .as("problem details")
                    .isEqualTo(257);
        }
        gateway.awaitRefusals(reason, 2);
        assertThat(service.requests())
                .satisfiesExactly(
                        get -> assertThat(get).startsWith("GET /a HTTP/1.1\r\n"),
                        post -> assertThat(post).startsWith("POST /a HTTP/1.1\r\n"));
    }

    @Nested
    class Framing {
        @Test
        void chunksByteByByteAreABody() throws Exception {
            RawMessage answer = answerOf(server(peer -> {
                peer.read();
                peer.drip(OK + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nETag: \"t\"\r\n\r\n");
                peer.awaitEnd();
            }));
            assertThat(answer.codeText()).isEqualTo("2.05");
            assertThat(answer.text()).isEqualTo("abcde");
            assertThat(answer.option(ETAG)).as("trailers are no headers").isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
                    "Content-Length: 2, 3\r\n\r\nabc",
                    "Content-Length: -1\r\n\r\n",
                    "Content-Length: +2\r\n\r\nab",
                    "Content-Length: 0x2\r\n\r\nab",
                    "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nabc",
                    "Transfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n",
                    "Transfer-Encoding: chunked\r\n\r\nxyz\r\nab\r\n0\r\n\r\n",
                })
        void lengthsThatMakeNoSenseAreNoAnswer(String rest) throws Exception {
            assertRefused(answering(OK + rest), "5.02", INVALID);
        }

        @ParameterizedTest
        @ValueSource(strings = {"16385", "2147483648", "9223372036854775807"})
        void aBodyThatIsAnnouncedTooLongIsNotWaitedFor(String length) throws Exception {
            assertRefused(answering(OK + "Content-Length: " + length + "\r\n\r\n"), "5.02", TOO_LARGE);
        }

        @Test
        void anEndlessBodyIsCutOff() throws Exception {
            assertRefused(
                    server(peer -> {
                        peer.read();
                        peer.write(OK + "Transfer-Encoding: chunked\r\n\r\n");
                        while (true) {
                            peer.write("400\r\n" + "x".repeat(1024) + "\r\n");
                        }
                    }),
                    "5.02",
                    TOO_LARGE);
        }

        /** RFC 9112 §6.3: it might be an attempt to smuggle, and is an error. */
        @Test
        void aLengthBesideChunksIsNoAnswer() throws Exception {
            String chunks = "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
            assertRefused(answering(OK + "Content-Length: 2\r\n" + chunks), "5.02", INVALID);
        }

        @Test
        void anAnswerBehindTheAnswerIsNotTheNextOne() throws Exception {
            String evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
            RawServer service = answering(OK + "Content-Length: 2\r\n\r\nok" + evil);
            PskGateway gateway = gateway(service, "50s");
            for (int i = 0; i < 3; i++) {
                assertThat(ask(gateway, GET).text()).isEqualTo("ok");
            }
            assertThat(service.requests()).hasSize(3);
            assertThat(service.connections()).isEqualTo(3);
        }
    }

    @Nested
    class Heads {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                    "HTTP/1.1 2000 OK\r\n\r\n",
                    "HTTP/1.1 abc OK\r\n\r\n",
                    "HTTP/9.9 200 OK\r\n\r\n",
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
                    "HTTP/1.1 199 What\r\n\r\n",
                    "HTTP/1.1 600 What\r\nContent-Length: 0\r\n\r\n",
                    OK + "Na\u0000me: x\r\nContent-Length: 2\r\n\r\nok",
                    OK + "X: a\u0000b\r\nContent-Length: 2\r\n\r\nok",
                    OK + "X: a\rb\r\nContent-Length: 2\r\n\r\nok",
                })
        void whatIsNoHttpResponseIsNoAnswer(String response) throws Exception {
            assertRefused(answering(response), "5.02", INVALID);
        }

        /** RFC 9112 §5.1 forbids it to be passed on, and here nothing is. */
        @Test
        void aSpaceBeforeAColonIsOverlooked() throws Exception {
            RawMessage answer = answerOf(answering(OK + "ETag : \"t\"\r\nContent-Length : 2\r\n\r\nok"));
            assertThat(answer.text()).isEqualTo("ok");
        }

        @Test
        void aFloodOfHeadersIsCutOff() throws Exception {
            assertRefused(
                    server(peer -> {
                        peer.read();
                        peer.write(OK);
                        for (int i = 0; ; i++) {
                            peer.write("X-" + i + ": " + "x".repeat(100) + "\r\n");
                        }
                    }),
                    "5.02",
                    INVALID);
        }

        @ParameterizedTest
        @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
        void aFloodOfInterimResponsesIsCutOff(String status) throws Exception {
            assertRefused(
                    server(peer -> {
                        peer.read();
                        while (true) {
                            peer.write("HTTP/1.1 " + status + "\r\n\r\n");
                        }
                    }),
                    "5.02",
                    INVALID);
        }

        @Test
        void whatADeviceHasNoUseForStaysBehind() throws Exception {
            RawMessage answer = answerOf(answering(OK + "ETag: \"\u00e4\"\r\nSet-Cookie: a=b\r\nX-Secret: y\r\n"
                    + "Expires: never\r\nAge: -1\r\nRetry-After: x\r\nContent-Length: 2\r\n\r\nok"));
            assertThat(answer.codeText()).isEqualTo("2.05");
            assertThat(answer.option(ETAG)).isEmpty();
            assertThat(answer.uint(RawMessage.MAX_AGE)).isZero();
            assertThat(answer.options())
                    .extracting(RawMessage.Option::number)
                    .containsExactly(RawMessage.CONTENT_FORMAT, RawMessage.MAX_AGE);
        }
    }

    @Nested
    class Time {
        @Test
        void aHeadThatNeverEndsIsNotWaitedFor() throws Exception {
            assertRefused(
                    server(peer -> {
                        peer.read();
                        peer.write(OK + "X: ");
                        while (true) {
                            peer.drip("x");
                            peer.pause(50);
                        }
                    }),
                    "1s",
                    "5.04",
                    TIMEOUT);
        }

        @Test
        void aBodyThatNeverEndsIsNotWaitedFor() throws Exception {
            assertRefused(
                    server(peer -> {
                        peer.read();
                        peer.write(OK + "Content-Length: 10000\r\n\r\n");
                        while (true) {
                            peer.drip("x");
                            peer.pause(50);
                        }
                    }),
                    "1s",
                    "5.04",
                    TIMEOUT);
        }

        @Test
        void silenceIsNotWaitedFor() throws Exception {
            assertRefused(
                    server(peer -> {
                        peer.read();
                        peer.awaitEnd();
                    }),
                    "1s",
                    "5.04",
                    TIMEOUT);
        }
    }

    @Nested
    class Connections {
        @Test
        void aResetBeforeTheAnswerIsNotTriedAgain() throws Exception {
            assertRefused(
                    server(peer -> {
                        peer.read();
                        peer.reset();
                    }),
                    "5.02",
                    UNREACHABLE);
        }

        @Test
        void aResetWithinTheAnswerIsNotTriedAgain() throws Exception {
            assertRefused(
                    server(peer -> {
                        peer.read();
                        peer.write(OK + "Content-Length: 10\r\n\r\nhalf");
                        peer.reset();
                    }),
                    "5.02",
                    UNREACHABLE);
        }

        @Test
        void anEndWithinTheAnswerIsNoAnswer() throws Exception {
            assertRefused(
                    server(peer -> {
                        peer.read();
                        peer.write(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                    }),
                    "5.02",
                    UNREACHABLE);
        }

        /** Over a connection that had served, of which each event loop has its own: where a GET would be tried once more. */
        @Test
        void aPostIsNeverSentTwice() throws Exception {
            RawServer service = server(peer -> {
                while (!peer.read().startsWith("POST")) {
                    peer.write(OK + "Content-Length: 2\r\n\r\nok");
                }
                peer.reset();
            });
            PskGateway gateway = gateway(service, "50s");
            for (int i = 0; i < 10; i++) {
                assertThat(ask(gateway, GET).codeText()).isEqualTo("2.05");
            }
            assertThat(ask(gateway, POST).codeText()).isEqualTo("5.02");
            gateway.awaitRefusals(UNREACHABLE, 1);
            assertThat(service.requests().stream().filter(request -> request.startsWith("POST")))
                    .hasSize(1);
        }
    }

    @Nested
    class Meanings {
        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void aRedirectLeadsNobodyAnywhere(int status) throws Exception {
            RawServer canary = answering(OK + "Content-Length: 2\r\n\r\nhi");
            String head = "HTTP/1.1 " + status + " Elsewhere\r\nLocation: " + canary.url() + "/steal\r\n";
            assertRefused(answering(head + "Content-Length: 0\r\n\r\n"), "5.02", INVALID);
            assertThat(canary.connections()).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://canary.example/a",
                    "//canary.example/a",
                    "https://127.0.0.1/a",
                    "coap://127.0.0.1/a",
                    "http://user@127.0.0.1/a",
                    "/a/%2e%2e/b",
                    "/a%2fb",
                    "/a%0d%0ab",
                    "/a%ff",
                    "/a?b%00c",
                    "not a uri",
                })
        void aLocationWhereADeviceCannotGoIsNotTold(String location) throws Exception {
            RawServer service =
                    answering("HTTP/1.1 201 Created\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
            RawMessage answer = ask(gateway(service, "50s"), POST);
            assertThat(answer.codeText()).isEqualTo("2.01");
            assertThat(answer.texts(LOCATION_PATH)).isEmpty();
            assertThat(answer.texts(RawMessage.LOCATION_QUERY)).isEmpty();
        }

        @Test
        void aCookieIsNotKept() throws Exception {
            RawServer service = answering(OK + "Set-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok");
            PskGateway gateway = gateway(service, "50s");
            for (int i = 0; i < 2; i++) {
                assertThat(ask(gateway, GET).codeText()).isEqualTo("2.05");
            }
            assertThat(service.requests()).hasSize(2).noneMatch(request -> request.contains("cookie"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nzz",
                    "HTTP/1.1 200 OK\r\nContent-Encoding: br, gzip\r\nContent-Length: 2\r\n\r\nzz",
                    "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\nok",
                    "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
                })
        void whatNobodyAskedForIsNoAnswer(String response) throws Exception {
            assertRefused(answering(response), "5.02", INVALID);
        }

        @Test
        void aNewTokenIsTriedOnceAndNoOtherKey() throws Exception {
            RawServer service = answering(String.join(
                    "\r\n",
                    "HTTP/1.1 401 Unauthorized",
                    "WWW-Authenticate: Basic realm=\"me\"",
                    "Content-Length: 0",
                    "",
                    ""));
            PskGateway gateway = gateway(service, "50s");
            assertThat(ask(gateway, GET).codeText()).isEqualTo("5.02");
            gateway.awaitRefusals("upstream_rejected_token", 1);
            assertThat(service.requests())
                    .hasSize(2)
                    .allMatch(request -> request.contains("\r\nauthorization: Bearer ey"));
        }

        @Test
        void anErrorPageIsNoDiagnosticAndNeitherIsItsLength() throws Exception {
            RawMessage answer = answerOf(
                    answering("HTTP/1.1 500 No\r\nContent-Type: text/html\r\n" + "Content-Length: 9\r\n\r\n<secret/>"));
            assertThat(answer.codeText()).isEqualTo("5.00");
            assertThat(answer.text()).doesNotContain("secret");
            assertThat(answer.uint(BLOCK2)).isEqualTo(-1);
        }
    }
}
