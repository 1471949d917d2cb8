package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.upstream.Neighbourhood.NAME;
import static io.coapgate.gateway.upstream.Neighbourhood.NO_CONTENT;
import static io.coapgate.gateway.upstream.Neighbourhood.answer;
import static io.coapgate.gateway.upstream.Neighbourhood.get;
import static io.coapgate.gateway.upstream.Neighbourhood.parallel;
import static io.coapgate.gateway.upstream.Neighbourhood.settings;
import static io.coapgate.gateway.upstream.Neighbourhood.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TargetsTest {
    @RegisterExtension
    final Neighbourhood near = new Neighbourhood();

    @Test
    void shareTheRequests() throws Exception {
        RawServer one = near.answering(NO_CONTENT);
        RawServer other = near.answering(NO_CONTENT);
        Upstream upstream = near.open(settings(one, other));

        for (int i = 0; i < 100; i++) {
            assertThat(status(upstream.send(get()))).isEqualTo(204);
        }

        assertThat(one.requests()).hasSizeBetween(10, 90);
        assertThat(one.requests().size() + other.requests().size()).isEqualTo(100);
        assertThat(other.requests().get(0)).contains("\r\nhost: 127.0.0.1:" + other.port() + "\r\n");
    }

    @Test
    void getLessWhileTheyHaveMuchToDo() throws Exception {
        RawServer stuck = near.server(peer -> {
            peer.read();
            peer.awaitEnd();
        });
        RawServer quick = near.answering(NO_CONTENT);
        Upstreams upstreams = near.upstreams(settings(stuck, quick));
        Upstream upstream = Neighbourhood.only(upstreams);
        await().until(() -> {
            upstream.send(get());
            return !stuck.requests().isEmpty();
        });
        await().until(() -> upstreams.inFlight() <= stuck.requests().size());

        for (int i = 0; i < 50; i++) {
            assertThat(status(upstream.send(get()))).isEqualTo(204);
        }
    }

    @Test
    void haveAPoolAndAQueueEach() throws Exception {
        RawServer one = near.answering(NO_CONTENT);
        RawServer other = near.answering(NO_CONTENT);
        Upstream upstream = near.open(new UpstreamSettings(
                NAME,
                List.of(one.url(), other.url()),
                new ConnectionSettings(HttpVersion.HTTP_1_1, 2, 100, 100, Duration.ofSeconds(2), 10),
                TlsSource.JDK,
                FailureSettings.DEFAULT));

        for (CompletableFuture<UpstreamResponse> answer : parallel(60, upstream, get())) {
            assertThat(answer(answer).status()).isEqualTo(204);
        }

        assertThat(one.connections()).isBetween(1, 2);
        assertThat(other.connections()).isBetween(1, 2);
    }

    @Test
    void areOneAtLeastOfOneSchemeAndNoneTwice() {
        URI plain = URI.create("http://a.example");
        URI secure = URI.create("https://a.example");

        assertThatIllegalArgumentException().isThrownBy(() -> settings(new URI[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(plain, plain));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(plain, secure));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create("http://a.example/path")));
        assertThat(settings(secure).targets()).containsExactly(secure);
    }
}
