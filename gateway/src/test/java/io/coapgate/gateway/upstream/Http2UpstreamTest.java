package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.upstream.Neighbourhood.NAME;
import static io.coapgate.gateway.upstream.Neighbourhood.answer;
import static io.coapgate.gateway.upstream.Neighbourhood.failure;
import static io.coapgate.gateway.upstream.Neighbourhood.get;
import static io.coapgate.gateway.upstream.Neighbourhood.only;
import static io.coapgate.gateway.upstream.Neighbourhood.parallel;
import static io.coapgate.gateway.upstream.Neighbourhood.post;
import static io.coapgate.gateway.upstream.Neighbourhood.request;
import static io.coapgate.gateway.upstream.Neighbourhood.status;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.refusal.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class Http2UpstreamTest {
    @RegisterExtension
    final Neighbourhood near = new Neighbourhood();

    private int maxConnections = 1;

    private UpstreamSettings settings(URI url, TlsSource tls) {
        return new UpstreamSettings(
                NAME,
                List.of(url),
                new ConnectionSettings(HttpVersion.HTTP_2, maxConnections, 100, 1000, Duration.ofSeconds(4), 4096),
                tls,
                FailureSettings.DEFAULT);
    }

    private Upstream open(RawServer server) {
        return near.open(settings(server.url(), TlsSource.JDK));
    }

    @Nested
    class WithAnHonestServer {
        private final Vertx vertx = Vertx.vertx();
        private final AtomicInteger connections = new AtomicInteger();
        private final Queue<String> versions = new ConcurrentLinkedQueue<>();

        WithAnHonestServer() {
            near.closing(() ->
                    vertx.close().toCompletionStage().toCompletableFuture().get(5, SECONDS));
        }

        private HttpServer server(HttpServerOptions options, Handler<HttpServerRequest> handler) throws Exception {
            return vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                    .connectionHandler(connection -> connections.incrementAndGet())
                    .requestHandler(request -> {
                        versions.add(request.version().toString());
                        handler.handle(request);
                    })
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(5, SECONDS);
        }

        private HttpServer plain(int streams, Handler<HttpServerRequest> handler) throws Exception {
            Http2Settings settings = new Http2Settings().setMaxConcurrentStreams(streams);
            return server(new HttpServerOptions().setInitialSettings(settings), handler);
        }

        private Upstream open(HttpServer server) {
            return near.open(settings(URI.create("http://127.0.0.1:" + server.actualPort()), TlsSource.JDK));
        }

        @Test
        void speaksByPriorKnowledge() throws Exception {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            HttpServer server = plain(
                    100,
                    request -> request.body().onSuccess(body -> {
                        seen.add(request.method() + " " + request.uri() + " " + request.getHeader("authorization") + " "
                                + body.toString(US_ASCII) + " " + request.getHeader("content-length"));
                        request.response()
                                .setStatusCode(201)
                                .putHeader("etag", "\"1\"")
                                .end("made");
                    }));

            UpstreamResponse response = answer(open(server).send(post()));

            assertThat(response.status()).isEqualTo(201);
            assertThat(response.body()).asString(US_ASCII).isEqualTo("made");
            assertThat(response.header("etag")).contains("\"1\"");
            assertThat(seen).containsExactly("POST /t Bearer a.b.c x 1");
            assertThat(versions).containsExactly("HTTP_2");
        }

        @Test
        void waitsForStreamsThatTheServerDoesNotAllowYet() throws Exception {
            AtomicInteger now = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            HttpServer server = plain(8, request -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                vertx.setTimer(5, id -> {
                    now.decrementAndGet();
                    request.response().setStatusCode(204).end();
                });
            });

            for (CompletableFuture<UpstreamResponse> answer : parallel(64, open(server), get())) {
                assertThat(answer(answer).status()).isEqualTo(204);
            }

            assertThat(connections).hasValue(1);
            assertThat(most.get()).isBetween(2, 8);
        }

        @Test
        void opensMoreConnectionsIfItMay() throws Exception {
            maxConnections = 4;
            HttpServer server = plain(
                    8,
                    request -> vertx.setTimer(
                            5, id -> request.response().setStatusCode(204).end()));

            for (CompletableFuture<UpstreamResponse> answer : parallel(64, open(server), get())) {
                assertThat(answer(answer).status()).isEqualTo(204);
            }

            assertThat(connections).hasValueBetween(2, 4);
        }

        @Test
        void resetsTheStreamOfARequestThatIsTooLateAndKeepsTheConnection() throws Exception {
            Queue<String> resets = new ConcurrentLinkedQueue<>();
            HttpServer server = plain(100, request -> {
                if (request.method().name().equals("PUT")) {
                    request.response().exceptionHandler(failure -> resets.add(String.valueOf(failure.getMessage())));
                } else {
                    request.response().setStatusCode(204).end();
                }
            });
            Upstream upstream = open(server);
            CompletionStage<UpstreamResponse> other = upstream.send(get());

            assertThat(failure(upstream.send(request(HttpMethod.PUT, Duration.ofMillis(300))))
                            .reason())
                    .isEqualTo(Refusal.UPSTREAM_TIMEOUT);

            await().untilAsserted(() -> assertThat(resets).contains("Stream reset: 8"));
            assertThat(status(other)).isEqualTo(204);
            assertThat(status(upstream.send(get()))).isEqualTo(204);
            assertThat(connections).hasValue(1);
        }

        @Test
        void refusesABodyThatIsTooLargeAndKeepsTheConnection() throws Exception {
            HttpServer server = plain(100, request -> {
                if (request.method().name().equals("PUT")) {
                    request.response().setChunked(true).write("x".repeat(5000));
                } else {
                    request.response().setStatusCode(204).end();
                }
            });
            Upstream upstream = open(server);

            assertThat(failure(upstream.send(request(HttpMethod.PUT, Duration.ofSeconds(8))))
                            .reason())
                    .isEqualTo(Refusal.UPSTREAM_RESPONSE_TOO_LARGE);

            assertThat(status(upstream.send(get()))).isEqualTo(204);
            assertThat(connections).hasValue(1);
        }

        @Test
        void agreesOnItByAlpn() throws Exception {
            assertThat(status(openSecure(true).send(get()))).isEqualTo(204);
            assertThat(versions).containsExactly("HTTP_2");
        }

        @Test
        void speaksHttp11WithAServerThatKnowsNoMore() throws Exception {
            Upstream upstream = openSecure(false);

            for (CompletableFuture<UpstreamResponse> answer : parallel(20, upstream, get())) {
                assertThat(answer(answer).status()).isEqualTo(204);
            }

            assertThat(versions).containsOnly("HTTP_1_1");
            assertThat(connections).hasValue(1);
        }

        private Upstream openSecure(boolean alpn) throws Exception {
            Pki pki = new Pki("authority");
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(Pki.keyStore(pki.server("localhost")), new char[0]);
            HttpServerOptions options =
                    new HttpServerOptions().setSsl(true).setUseAlpn(alpn).setKeyCertOptions(KeyCertOptions.wrap(keys));
            HttpServer server = server(
                    options, request -> request.response().setStatusCode(204).end());
            TlsMaterial trusting = new TlsMaterial(List.of(pki.authority()), Optional.empty());
            return near.open(settings(URI.create("https://localhost:" + server.actualPort()), () -> trusting));
        }
    }

    @Nested
    class WithAHostileServer {
        private RawServer server(Script script) throws IOException {
            return near.server(peer -> script.serve(new Http2Peer(peer), peer.number()));
        }

        private UpstreamException failureWith(Script script) throws Exception {
            return failure(open(server(script)).send(get()));
        }

        @Test
        void bearsNoEndlessHeader() throws Exception {
            RawServer server = server((peer, number) -> {
                peer.write(Http2Peer.HEADERS, 0, peer.request(), Http2Peer.OK);
                while (true) {
                    peer.write(Http2Peer.CONTINUATION, 0, 1, Http2Peer.field("x-more"));
                }
            });

            assertThat(failure(open(server).send(get())).reason())
                    .isIn(Refusal.UPSTREAM_RESPONSE_INVALID, Refusal.UPSTREAM_UNREACHABLE);
            await().untilAsserted(() -> assertThat(server.ended()).isOne());
        }

        @Test
        void bearsNoEndlessEmptyContinuation() throws Exception {
            RawServer server = server((peer, number) -> {
                peer.write(Http2Peer.HEADERS, 0, peer.request(), Http2Peer.OK);
                while (true) {
                    peer.write(Http2Peer.CONTINUATION, 0, 1);
                }
            });

            assertThat(failure(open(server).send(get())).reason())
                    .isIn(Refusal.UPSTREAM_RESPONSE_INVALID, Refusal.UPSTREAM_UNREACHABLE);
            await().untilAsserted(() -> assertThat(server.ended()).isOne());
        }

        @Test
        void bearsNoHeaderListOfMoreThan8KiB() throws Exception {
            assertThat(failureWith((peer, number) -> {
                                int stream = peer.request();
                                peer.write(Http2Peer.HEADERS, Http2Peer.END_STREAM, stream, Http2Peer.NO_CONTENT);
                                for (int i = 0; i < 90; i++) {
                                    int flags = i == 89 ? Http2Peer.END_HEADERS : 0;
                                    peer.write(Http2Peer.CONTINUATION, flags, stream, Http2Peer.field("x-" + i));
                                }
                                peer.read(Http2Peer.HEADERS);
                            })
                            .reason())
                    .isIn(Refusal.UPSTREAM_RESPONSE_INVALID, Refusal.UPSTREAM_UNREACHABLE);
        }

        @Test
        void takesAResetForALostConnection() throws Exception {
            assertThat(failureWith((peer, number) -> {
                                peer.reset(peer.request(), Http2Peer.CANCEL);
                                peer.read(Http2Peer.HEADERS);
                            })
                            .reason())
                    .isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        }

        @Test
        void takesAResetInTheMiddleOfTheAnswerForALostConnection() throws Exception {
            assertThat(failureWith((peer, number) -> {
                                int stream = peer.request();
                                peer.write(Http2Peer.HEADERS, Http2Peer.END_HEADERS, stream, Http2Peer.OK);
                                peer.write(Http2Peer.DATA, 0, stream, new byte[10]);
                                peer.reset(stream, Http2Peer.CANCEL);
                                peer.read(Http2Peer.HEADERS);
                            })
                            .reason())
                    .isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        }

        @Test
        void sendsEvenPostAgainOnceIfTheServerRefusedItUnread() throws Exception {
            RawServer server = server((peer, number) -> {
                peer.reset(peer.request(), Http2Peer.REFUSED_STREAM);
                peer.answer(peer.request());
                while (true) {
                    peer.reset(peer.request(), Http2Peer.REFUSED_STREAM);
                }
            });
            Upstream upstream = open(server);

            assertThat(status(upstream.send(post()))).isEqualTo(204);
            assertThat(failure(upstream.send(post())).reason()).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        }

        @Test
        void sendsAgainWhatAServerThatGoesAwayHasNotSeen() throws Exception {
            RawServer server = server((peer, number) -> {
                int first = peer.request();
                if (number == 1) {
                    peer.request();
                    peer.goAway(first);
                }
                peer.answer(first);
                while (true) {
                    peer.answer(peer.request());
                }
            });
            Upstream upstream = open(server);

            CompletionStage<UpstreamResponse> seen = upstream.send(post());
            CompletionStage<UpstreamResponse> unseen = upstream.send(post());

            assertThat(status(seen)).isEqualTo(204);
            assertThat(status(unseen)).isEqualTo(204);
            assertThat(server.connections()).isEqualTo(2);
        }

        @Test
        void doesNotSendAgainWhatAServerMayHaveSeenBeforeItWentAway() throws Exception {
            AtomicInteger requests = new AtomicInteger();
            assertThat(failure(open(server((peer, number) -> {
                                        int stream = peer.request();
                                        requests.incrementAndGet();
                                        peer.goAway(stream);
                                    }))
                                    .send(post()))
                            .reason())
                    .isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(requests).hasValue(1);
        }

        @Test
        void isTimedOutWithoutHoldingOthersUp() throws Exception {
            NanoClock clock = new NanoClock();
            RawServer server = server((peer, number) -> {
                int stuck = peer.request();
                while (true) {
                    int stream = peer.request();
                    if (stream > stuck) {
                        peer.answer(stream);
                    }
                }
            });
            Upstream upstream = only(near.upstreams(settings(server.url(), TlsSource.JDK), clock));
            CompletionStage<UpstreamResponse> stuck = upstream.send(get());

            assertThat(status(upstream.send(get()))).isEqualTo(204);
            clock.advance(Duration.ofSeconds(8));

            assertThat(failure(stuck).reason()).isEqualTo(Refusal.UPSTREAM_TIMEOUT);
            assertThat(status(upstream.send(get()))).isEqualTo(204);
            assertThat(server.connections()).isOne();
        }

        interface Script {
            void serve(Http2Peer peer, int number) throws IOException, InterruptedException;
        }
    }
}
