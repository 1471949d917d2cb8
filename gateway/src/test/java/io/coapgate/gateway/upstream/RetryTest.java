package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.upstream.Neighbourhood.NO_CONTENT;
import static io.coapgate.gateway.upstream.Neighbourhood.answer;
import static io.coapgate.gateway.upstream.Neighbourhood.failure;
import static io.coapgate.gateway.upstream.Neighbourhood.get;
import static io.coapgate.gateway.upstream.Neighbourhood.nowhere;
import static io.coapgate.gateway.upstream.Neighbourhood.only;
import static io.coapgate.gateway.upstream.Neighbourhood.parallel;
import static io.coapgate.gateway.upstream.Neighbourhood.post;
import static io.coapgate.gateway.upstream.Neighbourhood.request;
import static io.coapgate.gateway.upstream.Neighbourhood.settings;
import static io.coapgate.gateway.upstream.Neighbourhood.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.refusal.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private static final RawServer.Script RESET = peer -> {
        peer.read();
        peer.reset();
    };

    @RegisterExtension
    final Neighbourhood near = new Neighbourhood();

    private Upstream open(URI... targets) {
        return near.open(settings(targets));
    }

    @ParameterizedTest
    @EnumSource(HttpMethod.class)
    void reachesAnotherTargetWithAnyMethodIfNothingWasSent(HttpMethod method) throws Exception {
        RawServer alive = near.answering(NO_CONTENT);
        Upstream upstream = open(nowhere(), alive.url());

        for (int i = 0; i < 10; i++) {
            assertThat(status(upstream.send(request(method, Duration.ofSeconds(8)))))
                    .isEqualTo(204);
        }

        assertThat(alive.requests()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpMethod.class,
            names = {"GET", "QUERY"})
    void followsALostConnectionIfTheMethodIsSafe(HttpMethod method) throws Exception {
        RawServer dying = near.server(RESET);
        RawServer alive = near.answering(NO_CONTENT);
        Upstream upstream = open(dying.url(), alive.url());

        for (int i = 0; i < 10; i++) {
            assertThat(status(upstream.send(request(method, Duration.ofSeconds(8)))))
                    .isEqualTo(204);
        }

        assertThat(dying.requests()).isNotEmpty();
        assertThat(alive.requests()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpMethod.class,
            names = {"POST", "PUT", "DELETE", "PATCH"})
    void doesNotFollowALostConnectionIfTheMethodIsUnsafe(HttpMethod method) throws Exception {
        RawServer one = near.server(RESET);
        RawServer other = near.server(RESET);
        Upstream upstream = open(one.url(), other.url());

        assertThat(failure(upstream.send(request(method, Duration.ofSeconds(8))))
                        .reason())
                .isEqualTo(Refusal.UPSTREAM_UNREACHABLE);

        assertThat(one.requests().size() + other.requests().size()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void followsAGatewayError(int status) throws Exception {
        RawServer failing = near.answering("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
        RawServer alive = near.answering(NO_CONTENT);
        Upstream upstream = open(failing.url(), alive.url());

        for (int i = 0; i < 10; i++) {
            assertThat(status(upstream.send(get()))).isEqualTo(204);
        }

        assertThat(failing.requests()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 503 X\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n"
            })
    void doesNotFollowOtherAnswers(String response) throws Exception {
        RawServer one = near.answering(response);
        RawServer other = near.answering(response);
        Upstream upstream = open(one.url(), other.url());

        answer(upstream.send(get()));

        assertThat(one.requests().size() + other.requests().size()).isOne();
    }

    @Test
    void doesNotFollowAGatewayErrorToPost() throws Exception {
        RawServer one = near.answering("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
        RawServer other = near.answering("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");

        assertThat(status(open(one.url(), other.url()).send(post()))).isEqualTo(503);

        assertThat(one.requests().size() + other.requests().size()).isOne();
    }

    @Test
    void happensOnce() throws Exception {
        RawServer one = near.server(RESET);
        RawServer two = near.server(RESET);
        RawServer three = near.server(RESET);

        assertThat(failure(open(one.url(), two.url(), three.url()).send(get())).reason())
                .isEqualTo(Refusal.UPSTREAM_UNREACHABLE);

        assertThat(one.requests().size()
                        + two.requests().size()
                        + three.requests().size())
                .isEqualTo(2);
        assertThat(List.of(
                        one.requests().size(),
                        two.requests().size(),
                        three.requests().size()))
                .as("never on the same target")
                .allMatch(count -> count <= 1);
    }

    @Test
    void doesNotHappenIfThereIsNoOtherTarget() throws Exception {
        RawServer only = near.server(RESET);

        failure(open(only.url()).send(get()));

        assertThat(only.requests()).hasSize(1);
    }

    @Test
    void leavesTheDeadlineWhereItWas() throws Exception {
        NanoClock clock = new NanoClock();
        AtomicInteger requests = new AtomicInteger();
        RawServer.Script firstDies = peer -> {
            peer.read();
            if (requests.incrementAndGet() == 1) {
                clock.advance(Duration.ofSeconds(7));
                peer.reset();
            }
            peer.awaitEnd();
        };
        RawServer one = near.server(firstDies);
        RawServer other = near.server(firstDies);
        Upstream upstream = only(near.upstreams(settings(one, other), clock));

        CompletionStage<UpstreamResponse> answer = upstream.send(get()); // within 8 s
        await().until(() -> requests.get() == 2);
        clock.advance(Duration.ofSeconds(1));

        assertThat(failure(answer).reason()).isEqualTo(Refusal.UPSTREAM_TIMEOUT);
    }

    @Test
    void doesNotHappenAfterTheDeadline() throws Exception {
        NanoClock clock = new NanoClock();
        RawServer.Script diesLate = peer -> {
            peer.read();
            clock.advance(Duration.ofSeconds(9));
            peer.reset();
        };
        RawServer one = near.server(diesLate);
        RawServer other = near.server(diesLate);
        Upstream upstream = only(near.upstreams(settings(one, other), clock));

        failure(upstream.send(get()));

        assertThat(one.requests().size() + other.requests().size()).isOne();
    }

    @Test
    void hidesTheEndOfATargetUnderTrafficFromGetAndNeverRepeatsPost() throws Exception {
        RawServer dying = near.answering(NO_CONTENT);
        RawServer alive = near.answering(NO_CONTENT);
        Upstream upstream = open(dying.url(), alive.url());
        List<CompletableFuture<UpstreamResponse>> before = parallel(8, upstream, get());
        for (CompletableFuture<UpstreamResponse> answer : before) {
            assertThat(answer(answer).status()).isEqualTo(204);
        }
        await().until(() -> {
            answer(upstream.send(get()));
            return !dying.requests().isEmpty();
        });

        List<CompletableFuture<UpstreamResponse>> gets = parallel(30, upstream, get());
        List<CompletableFuture<UpstreamResponse>> posts = parallel(10, upstream, post());
        dying.close();

        for (CompletableFuture<UpstreamResponse> answer : gets) {
            assertThat(answer(answer).status()).isEqualTo(204);
        }
        CompletableFuture.allOf(posts.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> "ended")
                .get(10, TimeUnit.SECONDS);
        assertThat(posts(dying) + posts(alive)).isLessThanOrEqualTo(10);
    }

    private static long posts(RawServer server) {
        return server.requests().stream()
                .filter(request -> request.startsWith("POST"))
                .count();
    }

    @Test
    void isPaidOutOfABudget() throws Exception {
        RawServer one = near.answering("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
        RawServer other = near.answering("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
        UpstreamSettings plain = settings(one, other);
        EjectionSettings never = new EjectionSettings(Integer.MAX_VALUE, Duration.ofSeconds(1));
        Upstream upstream = near.open(new UpstreamSettings(
                plain.name(), plain.targets(), plain.connections(), plain.tls(), Neighbourhood.without(never)));

        for (int i = 0; i < 200; i++) {
            assertThat(status(upstream.send(get()))).isEqualTo(503);
        }

        // a fifth of 200, and the 8 that are saved at the start
        assertThat(one.requests().size() + other.requests().size()).isBetween(240, 248);
    }
}
