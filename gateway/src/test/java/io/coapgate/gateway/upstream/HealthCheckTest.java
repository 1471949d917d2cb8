package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.upstream.Neighbourhood.NO_CONTENT;
import static io.coapgate.gateway.upstream.Neighbourhood.get;
import static io.coapgate.gateway.upstream.Neighbourhood.settings;
import static io.coapgate.gateway.upstream.Neighbourhood.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCheckTest {
    private static final String ILL = "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n";

    @RegisterExtension
    final Neighbourhood near = new Neighbourhood();

    private final AtomicReference<String> health = new AtomicReference<>(NO_CONTENT);

    /** Answers checks with what {@link #health} says, and everything else with 204. */
    private RawServer server() throws Exception {
        return near.server(peer -> {
            while (true) {
                peer.write(isCheck(peer.read()) ? health.get() : NO_CONTENT);
            }
        });
    }

    private static boolean isCheck(String request) {
        return request.startsWith("GET /healthz ");
    }

    private static long requests(RawServer server) {
        return server.requests().stream().filter(request -> !isCheck(request)).count();
    }

    private static long checks(RawServer server) {
        return server.requests().stream().filter(HealthCheckTest::isCheck).count();
    }

    private Upstream open(RawServer... servers) {
        UpstreamSettings plain = settings(servers);
        HealthSettings checks = new HealthSettings("/healthz", Duration.ofMillis(10), Duration.ofSeconds(2), 3, 2);
        FailureSettings failures =
                new FailureSettings(Optional.of(checks), EjectionSettings.DEFAULT, BreakerSettings.DEFAULT);
        return near.open(
                new UpstreamSettings(plain.name(), plain.targets(), plain.connections(), plain.tls(), failures));
    }

    private static void sendTen(Upstream upstream) throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(status(upstream.send(get()))).isEqualTo(204);
        }
    }

    /** Until ten requests in a row have gone elsewhere. */
    private static void awaitUnused(RawServer server, Upstream upstream) {
        await().until(() -> {
            long before = requests(server);
            sendTen(upstream);
            return requests(server) == before;
        });
    }

    @Test
    void carriesNoToken() throws Exception {
        RawServer server = server();
        open(server);
        await().until(() -> checks(server) >= 2);

        assertThat(server.requests().get(0))
                .isEqualTo("GET /healthz HTTP/1.1\r\nhost: 127.0.0.1:" + server.port() + "\r\n\r\n");
    }

    @Test
    void keepsRequestsAwayFromATargetThatIsUnwellUntilItIsWellAgain() throws Exception {
        RawServer ill = server();
        RawServer well = near.answering(NO_CONTENT);
        Upstream upstream = open(ill, well);
        health.set(ILL);
        awaitUnused(ill, upstream);

        health.set(NO_CONTENT);

        await().until(() -> {
            long before = requests(ill);
            sendTen(upstream);
            return requests(ill) > before;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 302 X\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n"
            })
    void takesNothingButA2xxForWell(String response) throws Exception {
        health.set(response);
        RawServer ill = server();
        awaitUnused(ill, open(ill, near.answering(NO_CONTENT)));
    }

    @Test
    void doesNotWaitForABody() throws Exception {
        health.set("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        RawServer server = server();
        open(server);
        await().until(() -> checks(server) >= 5);
    }

    @Test
    void lacksNoRequestIfAllAreUnwell() throws Exception {
        health.set(ILL);
        RawServer one = server();
        RawServer other = server();
        Upstream upstream = open(one, other);
        await().until(() -> checks(one) >= 5 && checks(other) >= 5);

        sendTen(upstream);
    }

    @Test
    void changesAfterSoManyResultsInARow() {
        Health health = new Health(3, 2);
        assertThat(health.report(false)).isFalse();
        assertThat(health.report(false)).isFalse();
        assertThat(health.report(true)).isFalse();
        assertThat(health.report(false)).isFalse();
        assertThat(health.report(false)).isFalse();
        assertThat(health.isHealthy()).isTrue();
        assertThat(health.report(false)).isTrue();
        assertThat(health.isHealthy()).isFalse();
        assertThat(health.report(true)).isFalse();
        assertThat(health.report(false)).isFalse();
        assertThat(health.report(true)).isFalse();
        assertThat(health.report(true)).isTrue();
        assertThat(health.isHealthy()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthz", "/a b", "/a#b", ""})
    void refusesWhatIsNoPath(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthSettings(path, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1));
    }
}
