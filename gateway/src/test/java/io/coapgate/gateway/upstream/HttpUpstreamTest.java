package io.coapgate.gateway.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.refusal.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUpstreamTest {
    private static final UpstreamName NAME = new UpstreamName("things");
    private static final BearerToken TOKEN = new BearerToken("a.b.c", Instant.EPOCH);
    private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";

    private final List<AutoCloseable> opened = new ArrayList<>();

    private int maxConnections = 4;
    private int maxQueued = 16;
    private int maxResponseBytes = 4096;
    private Duration responseTimeout = Duration.ofSeconds(8);

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    private RawServer server(RawServer.Script script) throws IOException {
        RawServer server = RawServer.start(script);
        opened.add(server);
        return server;
    }

    private RawServer answering(String response) throws IOException {
        RawServer server = RawServer.answering(response);
        opened.add(server);
        return server;
    }

    private Upstream upstream(URI url) {
        Upstreams upstreams = Upstreams.open(List.of(settings(url, maxConnections, maxQueued, maxResponseBytes)), 1);
        opened.add(0, () -> upstreams.close().toCompletableFuture().get(5, SECONDS));
        return only(upstreams);
    }

    private static UpstreamSettings settings(URI url, int maxConnections, int maxQueued, int maxResponseBytes) {
        return new UpstreamSettings(
                NAME,
                List.of(url),
                new ConnectionSettings(
                        HttpVersion.HTTP_1_1, maxConnections, 100, maxQueued, Duration.ofSeconds(2), maxResponseBytes),
                TlsSource.JDK,
                FailureSettings.DEFAULT);
    }

    private static Upstream only(Upstreams upstreams) {
        return requireNonNull(upstreams.byName().get(NAME));
    }

    private UpstreamRequest request(HttpMethod method, String body, Header... headers) {
        return new UpstreamRequest(
                method, "/t/1?q=%20", List.of(headers), TOKEN, body.getBytes(US_ASCII), responseTimeout);
    }

    private UpstreamRequest get() {
        return request(HttpMethod.GET, "");
    }

    private static UpstreamResponse answer(CompletionStage<UpstreamResponse> stage) throws Exception {
        return stage.toCompletableFuture().get(10, SECONDS);
    }

    private static Refusal refusal(CompletionStage<UpstreamResponse> stage) throws Exception {
        return failure(stage).reason();
    }

    private static UpstreamException failure(CompletionStage<UpstreamResponse> stage) throws Exception {
        try {
            UpstreamResponse response = stage.toCompletableFuture().get(10, SECONDS);
            throw new AssertionError("answered " + response);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UpstreamException failure) {
                return failure;
            }
            throw new AssertionError("not an UpstreamException", e.getCause());
        }
    }

    @Nested
    class TheRequestOnTheWire {
        @Test
        void hasTheComposedHeadersTheTokenTheHostAndTheExactLength() throws Exception {
            RawServer server = answering(NO_CONTENT);

            answer(upstream(server.url())
                    .send(request(
                            HttpMethod.POST,
                            "hello",
                            new Header("content-type", "text/plain"),
                            new Header("via", "CoAP/1 coapgate"))));

            assertThat(server.requests())
                    .containsExactly("POST /t/1?q=%20 HTTP/1.1\r\n"
                            + "host: 127.0.0.1:" + server.port() + "\r\n"
                            + "content-type: text/plain\r\n"
                            + "via: CoAP/1 coapgate\r\n"
                            + "authorization: Bearer a.b.c\r\n"
                            + "content-length: 5\r\n"
                            + "\r\n"
                            + "hello");
        }

        @ParameterizedTest
        @EnumSource(
                value = HttpMethod.class,
                names = {"POST", "PUT"})
        void saysThatAnEmptyBodyIsEmpty(HttpMethod method) throws Exception {
            RawServer server = answering(NO_CONTENT);

            answer(upstream(server.url()).send(request(method, "")));

            assertThat(server.requests())
                    .containsExactly(method + " /t/1?q=%20 HTTP/1.1\r\n"
                            + "host: 127.0.0.1:" + server.port() + "\r\n"
                            + "authorization: Bearer a.b.c\r\n"
                            + "content-length: 0\r\n\r\n");
        }

        @ParameterizedTest
        @EnumSource(
                value = HttpMethod.class,
                names = {"GET", "DELETE"})
        void hasNoLengthWhereNoBodyIsExpected(HttpMethod method) throws Exception {
            RawServer server = answering(NO_CONTENT);

            answer(upstream(server.url()).send(request(method, "")));

            assertThat(server.requests())
                    .containsExactly(method + " /t/1?q=%20 HTTP/1.1\r\n"
                            + "host: 127.0.0.1:" + server.port() + "\r\n"
                            + "authorization: Bearer a.b.c\r\n\r\n");
        }

        @Test
        void namesTheHostAsTheUrlDoes() throws Exception {
            RawServer server = answering(NO_CONTENT);

            answer(upstream(URI.create("http://localhost:" + server.port())).send(get()));

            assertThat(server.requests().get(0)).contains("\r\nhost: localhost:" + server.port() + "\r\n");
        }

        @Test
        void reachesAnIpv6Literal() throws Exception {
            RawServer server = RawServer.start(
                    peer -> {
                        peer.read();
                        peer.write(NO_CONTENT);
                    },
                    new ServerSocket(
                            0, 50, InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
                            })));
            opened.add(server);

            answer(upstream(URI.create("http://[::1]:" + server.port())).send(get()));

            assertThat(server.requests().get(0)).contains("\r\nhost: [::1]:" + server.port() + "\r\n");
        }
    }

    @Nested
    class AResponse {
        @Test
        void comesWithStatusBodyAndTheHeadersThatMatter() throws Exception {
            RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nETag: \"1\"\r\nETag: \"2\"\r\n"
                    + "Set-Cookie: a=b\r\nServer: x\r\nContent-Length: 2\r\n\r\nhi");

            UpstreamResponse response = answer(upstream(server.url()).send(get()));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).asString(US_ASCII).isEqualTo("hi");
            assertThat(response.headers())
                    .containsOnlyKeys("content-type", "etag")
                    .containsEntry("etag", "\"1\"");
        }

        private String head(String... fields) {
            return "HTTP/1.1 200 OK\r\n" + String.join("\r\n", fields) + "\r\nContent-Length: 0\r\n\r\n";
        }

        @Test
        void everyLineOfAListCountsAndOneThatCannotBeReadForbidsReuse() throws Exception {
            RawServer server = answering(
                    head("Cache-Control: public", "cache-control: no-store", "Vary: accept", "Vary: authorization"));
            assertThat(answer(upstream(server.url()).send(get())).headers())
                    .containsEntry("cache-control", "public, no-store")
                    .containsEntry("vary", "accept, authorization");
            RawServer other = answering(head("Cache-Control: max-age=1\u00e9", "Vary: \u00e9"));
            assertThat(answer(upstream(other.url()).send(get())).headers())
                    .containsEntry("cache-control", "no-store")
                    .containsEntry("vary", "*");
        }

        @Test
        void setsNoCookie() throws Exception {
            RawServer server = answering("HTTP/1.1 204 No Content\r\nSet-Cookie: a=b\r\n\r\n");
            Upstream upstream = upstream(server.url());

            answer(upstream.send(get()));
            answer(upstream.send(get()));

            assertThat(server.requests()).hasSize(2).noneMatch(request -> request.contains("cookie"));
        }

        @Test
        void mayComeByteByByteInChunks() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.drip(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n");
                peer.awaitEnd();
            });

            assertThat(answer(upstream(server.url()).send(get())).body())
                    .asString(US_ASCII)
                    .isEqualTo("abcde");
        }

        @Test
        void mayEndWithTheConnection() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall");
            });

            assertThat(answer(upstream(server.url()).send(get())).body())
                    .asString(US_ASCII)
                    .isEqualTo("all");
        }

        @Test
        void mayFollowAnInterimResponse() throws Exception {
            RawServer server = answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

            assertThat(answer(upstream(server.url()).send(get())).body())
                    .asString(US_ASCII)
                    .isEqualTo("ok");
        }

        @Test
        void isNotFollowedElsewhere() throws Exception {
            RawServer canary = answering(NO_CONTENT);
            RawServer server = answering(
                    "HTTP/1.1 302 Found\r\nLocation: " + canary.url() + "/steal\r\nContent-Length: 0\r\n\r\n");

            UpstreamResponse response = answer(upstream(server.url()).send(get()));

            assertThat(response.status()).isEqualTo(302);
            assertThat(canary.connections()).isZero();
        }

        @Test
        void reusesTheConnection() throws Exception {
            RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            Upstream upstream = upstream(server.url());

            for (int i = 0; i < 20; i++) {
                answer(upstream.send(request(HttpMethod.POST, "x")));
            }

            assertThat(server.connections()).isOne();
        }
    }

    @Nested
    class AnInvalidResponse {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                    "HTTP/1.1 abc OK\r\n\r\n",
                    "HTTP/3.7 200 OK\r\nContent-Length: 0\r\n\r\n",
                    "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n",
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
                    "HTTP/1.1 102 Processing\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n",
                })
        void isRefusedAndItsConnectionClosed(String response) throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write(response);
                peer.awaitEnd();
            });

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_RESPONSE_INVALID);
            await().untilAsserted(() -> assertThat(server.ended()).isOne());
        }

        @Test
        void mayNotBreakOffInItsHeader() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write("HTTP/1.1 200 OK\r\nContent-");
            });

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_RESPONSE_INVALID);
        }

        @Test
        void mayNotHaveAnEndlessHeader() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write("HTTP/1.1 200 OK\r\nX: ");
                while (true) {
                    peer.write("x".repeat(1000));
                }
            });

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_RESPONSE_INVALID);
        }

        @Test
        void mayNotHaveEndlessInterimResponses() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                while (true) {
                    peer.write("HTTP/1.1 100 Continue\r\n\r\n");
                }
            });

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_RESPONSE_INVALID);
        }

        @Test
        void doesNotPoisonTheNextRequest() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                if (peer.number() == 1) {
                    peer.write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                    peer.awaitEnd();
                }
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood");
                peer.awaitEnd();
            });
            Upstream upstream = upstream(server.url());

            assertThat(answer(upstream.send(get())).body()).asString(US_ASCII).isEqualTo("a");
            await().untilAsserted(() -> assertThat(server.ended()).isOne());
            assertThat(answer(upstream.send(get())).body()).asString(US_ASCII).isEqualTo("good");
        }
    }

    @Nested
    class AnIdleConnection {
        @Test
        void isNotUsedForLongerThanItsServerKeepsIt() throws Exception {
            RawServer server = answering("HTTP/1.1 204 No Content\r\nKeep-Alive: max=9, timeout=0\r\n\r\n");
            Upstream upstream = upstream(server.url());

            answer(upstream.send(request(HttpMethod.POST, "x")));
            answer(upstream.send(request(HttpMethod.POST, "x")));

            assertThat(server.connections()).isEqualTo(2);
        }

        @Test
        void isNotUsedAgainIfItsServerMeansToCloseIt() throws Exception {
            RawServer server = answering("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            Upstream upstream = upstream(server.url());

            answer(upstream.send(get()));
            answer(upstream.send(get()));

            assertThat(server.connections()).isEqualTo(2);
        }

        @Test
        void isClosedByAnAnswerToNothing() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write(NO_CONTENT);
                peer.write(NO_CONTENT);
                peer.awaitEnd();
            });

            answer(upstream(server.url()).send(get()));

            await().untilAsserted(() -> assertThat(server.ended()).isOne());
        }

        @Test
        void givesNobodyTheSecondOfTwoAnswers() throws Exception {
            maxConnections = 1;
            AtomicInteger connections = new AtomicInteger();
            RawServer server = server(peer -> {
                boolean first = connections.incrementAndGet() == 1;
                peer.read();
                peer.write(first ? ok("a") + ok("b") : ok("c"));
                peer.awaitEnd();
            });
            Upstream upstream = upstream(server.url());

            CompletionStage<UpstreamResponse> asked = upstream.send(get());
            CompletionStage<UpstreamResponse> waiting = upstream.send(get());

            assertThat(answer(asked).body()).isEqualTo(bytes("a"));
            assertThat(answer(waiting).body()).isEqualTo(bytes("c"));
        }

        private static String ok(String body) {
            return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        }

        private static byte[] bytes(String body) {
            return body.getBytes(US_ASCII);
        }
    }

    @Nested
    class ATokenThatNoHeaderCanHold {
        @Test
        void isNotSentAndTakesNoConnectionAway() throws Exception {
            maxConnections = 1;
            RawServer server = answering(NO_CONTENT);
            Upstream upstream = upstream(server.url());
            BearerToken broken = new BearerToken("a\r\nx-admin: yes", Instant.EPOCH);

            assertThat(refusal(upstream.send(get().withToken(broken)))).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(answer(upstream.send(get())).status()).isEqualTo(204);
            assertThat(server.requests()).hasSize(1).allMatch(sent -> !sent.contains("x-admin"));
        }
    }

    @Nested
    class ATooLargeResponse {
        @Test
        void isRefusedWhenItsLengthIsAnnounced() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4097\r\n\r\n");
                peer.awaitEnd();
            });

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_RESPONSE_TOO_LARGE);
            await().untilAsserted(() -> assertThat(server.ended()).isOne());
        }

        @Test
        void isRefusedAsSoonAsItIsKnown() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (true) {
                    peer.write("64\r\n" + "x".repeat(100) + "\r\n");
                }
            });

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_RESPONSE_TOO_LARGE);
            await().untilAsserted(() -> assertThat(server.ended()).isOne());
        }

        /** What would take minutes, were each of them to cost a copy of all before. */
        @Test
        void mayComeInAsSmallPiecesAsItLikes() throws Exception {
            maxResponseBytes = 512 * 1024;
            responseTimeout = Duration.ofSeconds(10);
            RawServer server = answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "1\r\nx\r\n".repeat(maxResponseBytes) + "0\r\n\r\n");

            assertThat(answer(upstream(server.url()).send(get())).body()).hasSize(maxResponseBytes);
        }

        @Test
        void isOneByteMoreThanTheLimit() throws Exception {
            RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 4096\r\n\r\n" + "x".repeat(4096));

            assertThat(answer(upstream(server.url()).send(get())).body()).hasSize(4096);
        }
    }

    @Nested
    class TheDeadline {
        @Test
        void coversASilentServer() throws Exception {
            responseTimeout = Duration.ofMillis(200);
            RawServer server = server(peer -> {
                peer.read();
                peer.awaitEnd();
            });
            long start = System.nanoTime();

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_TIMEOUT);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
            await().untilAsserted(() -> assertThat(server.ended()).isOne());
        }

        @Test
        void isNotMovedByADrip() throws Exception {
            responseTimeout = Duration.ofMillis(300);
            RawServer server = server(peer -> {
                peer.read();
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n");
                while (true) {
                    peer.write("x");
                    peer.pause(10);
                }
            });

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_TIMEOUT);
            await().untilAsserted(() -> assertThat(server.ended()).isOne());
        }

        @Test
        void coversTheQueue() throws Exception {
            maxConnections = 1;
            RawServer server = server(peer -> {
                peer.read();
                peer.awaitEnd();
            });
            Upstream upstream = upstream(server.url());
            CompletionStage<UpstreamResponse> slow = upstream.send(get());
            responseTimeout = Duration.ofMillis(100);

            assertThat(refusal(upstream.send(get()))).isEqualTo(Refusal.UPSTREAM_TIMEOUT);

            assertThat(slow.toCompletableFuture()).isNotDone();
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void givesTheConnectionToTheNext() throws Exception {
            maxConnections = 1;
            RawServer server = server(peer -> {
                peer.read();
                if (peer.number() == 1) {
                    peer.awaitEnd();
                }
                peer.write(NO_CONTENT);
                peer.awaitEnd();
            });
            Upstream upstream = upstream(server.url());
            responseTimeout = Duration.ofMillis(200);
            CompletionStage<UpstreamResponse> stuck = upstream.send(get());
            responseTimeout = Duration.ofSeconds(8);
            CompletionStage<UpstreamResponse> next = upstream.send(get());

            assertThat(refusal(stuck)).isEqualTo(Refusal.UPSTREAM_TIMEOUT);
            assertThat(answer(next).status()).isEqualTo(204);
        }
    }

    @Nested
    class TheBounds {
        @Test
        void refuseAtOnceWhatTheQueueDoesNotHold() throws Exception {
            maxConnections = 2;
            maxQueued = 3;
            RawServer server = server(peer -> {
                while (true) {
                    peer.read();
                    peer.pause(100);
                    peer.write(NO_CONTENT);
                }
            });
            Upstream upstream = upstream(server.url());

            List<CompletableFuture<UpstreamResponse>> answers = IntStream.range(0, 8)
                    .mapToObj(i -> upstream.send(get()).toCompletableFuture())
                    .toList();

            for (CompletableFuture<UpstreamResponse> refused : answers.subList(5, 8)) {
                assertThat(refusal(refused)).isEqualTo(Refusal.UPSTREAM_BUSY);
            }
            assertThat(server.requests().size()).isLessThanOrEqualTo(2);
            for (CompletableFuture<UpstreamResponse> queued : answers.subList(0, 5)) {
                assertThat(answer(queued).status()).isEqualTo(204);
            }
            assertThat(server.connections()).isEqualTo(2);
        }

        @Test
        void holdOverAllEventLoops() throws Exception {
            RawServer server = answering(NO_CONTENT);
            Upstreams upstreams = Upstreams.open(List.of(settings(server.url(), 33, 1000, 10)), 2);
            opened.add(0, () -> upstreams.close().toCompletableFuture().get(5, SECONDS));

            List<CompletableFuture<UpstreamResponse>> answers = IntStream.range(0, 400)
                    .mapToObj(i -> only(upstreams).send(get()).toCompletableFuture())
                    .toList();

            for (CompletableFuture<UpstreamResponse> answer : answers) {
                assertThat(answer(answer).status()).isEqualTo(204);
            }
            assertThat(server.connections()).isLessThanOrEqualTo(33);
            await().untilAsserted(() -> assertThat(upstreams.inFlight()).isZero());
        }
    }

    @Nested
    class ALostConnection {
        @Test
        void isUnreachableIfNobodyListens() throws Exception {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }

            UpstreamException failure =
                    failure(upstream(URI.create("http://127.0.0.1:" + port)).send(get()));
            assertThat(failure.reason()).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(failure.detail()).isEqualTo("connection refused");
        }

        @Test
        void isUnreachableIfItsNameMeansNothing() throws Exception {
            UpstreamException failure =
                    failure(upstream(URI.create("http://nowhere.invalid")).send(get()));
            assertThat(failure.reason()).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(failure.detail()).isEqualTo("its host name can't be resolved");
        }

        @Test
        void isUnreachableIfResetBeforeAnAnswer() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.reset();
            });

            UpstreamException failure = failure(upstream(server.url()).send(get()));
            assertThat(failure.reason()).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(failure.detail()).isEqualTo("connection lost before the whole answer");
            assertThat(server.requests()).as("a new connection is not stale").hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"
                })
        void isUnreachableIfClosedWithinTheAnswer(String part) throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write(part);
            });

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void isUnreachableIfResetWithinTheAnswer() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                peer.reset();
            });

            assertThat(refusal(upstream(server.url()).send(get()))).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        }

        @Test
        void isReplacedIfClosedWhileIdle() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.write(NO_CONTENT);
            });
            Upstream upstream = upstream(server.url());

            for (int i = 1; i <= 5; i++) {
                assertThat(answer(upstream.send(get())).status()).isEqualTo(204);
            }

            assertThat(server.connections()).isEqualTo(5);
        }

        @ParameterizedTest
        @EnumSource(
                value = HttpMethod.class,
                names = {"GET", "PUT", "DELETE"})
        void isTriedOnceMoreIfItHadGoneStaleAndTheMethodIsIdempotent(HttpMethod method) throws Exception {
            RawServer server = staleAfterOneAnswer();
            Upstream upstream = upstream(server.url());

            answer(upstream.send(request(method, "")));

            assertThat(answer(upstream.send(request(method, ""))).status()).isEqualTo(204);
            assertThat(server.requests()).hasSize(3);
            assertThat(server.connections()).isEqualTo(2);
        }

        @Test
        void isNotTriedAgainForPost() throws Exception {
            RawServer server = staleAfterOneAnswer();
            Upstream upstream = upstream(server.url());

            answer(upstream.send(request(HttpMethod.POST, "x")));

            assertThat(refusal(upstream.send(request(HttpMethod.POST, "x")))).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(server.requests()).hasSize(2);
        }

        /** Takes a second request on a connection, and resets it unanswered. */
        private RawServer staleAfterOneAnswer() throws IOException {
            return server(peer -> {
                peer.read();
                peer.write(NO_CONTENT);
                peer.read();
                peer.reset();
            });
        }
    }

    @Nested
    class TheOwner {
        @Test
        void failsWhatIsUnderWayWhenItCloses() throws Exception {
            RawServer server = server(peer -> {
                peer.read();
                peer.awaitEnd();
            });
            Upstreams upstreams = Upstreams.open(List.of(settings(server.url(), 1, 1, 10)), 1);
            Upstream upstream = only(upstreams);
            CompletionStage<UpstreamResponse> sent = upstream.send(get());
            CompletionStage<UpstreamResponse> queued = upstream.send(get());
            await().untilAsserted(() -> assertThat(server.requests()).hasSize(1));

            upstreams.close().toCompletableFuture().get(5, SECONDS);

            assertThat(refusal(sent)).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(refusal(queued)).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(refusal(upstream.send(get()))).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        }

        @Test
        void refusesTwoUpstreamsOfOneName() {
            UpstreamSettings settings = settings(URI.create("http://localhost"), 1, 1, 10);

            assertThatThrownBy(() -> Upstreams.open(List.of(settings, settings), 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
