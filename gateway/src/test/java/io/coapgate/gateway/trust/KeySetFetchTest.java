package io.coapgate.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.trust.KeySetException.Reason;
import io.coapgate.gateway.upstream.RawServer;
import io.coapgate.gateway.upstream.TlsSource;
import io.coapgate.gateway.upstream.WebClients;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server over loopback. */
class KeySetFetchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WebClients clients = WebClients.open();

    @AfterEach
    void close() {
        clients.close().toCompletableFuture().join();
    }

    private static String response(String head, byte[] body) {
        return head + "content-length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    }

    private static byte[] set() throws Exception {
        return CoseKeySet.ofPublicKeys(
                        List.of(CoseKey.ofPublicKey(Devices.p256().getPublic())))
                .encode();
    }

    private FetchedKeys fetch(URI url, Duration timeout) throws Exception {
        Duration second = Duration.ofSeconds(1);
        KeySetSettings settings = new KeySetSettings("as", url, second, second, second, timeout, 300, TlsSource.JDK);
        return new KeySetFetch(settings, clients).fetch().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private void assertFails(URI url, Duration timeout, Reason reason) {
        assertThatThrownBy(() -> fetch(url, timeout))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        KeySetException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private void assertRefused(String response, Reason reason) throws Exception {
        try (RawServer server = RawServer.answering(response)) {
            assertFails(server.url().resolve("/keys"), PATIENCE, reason);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        x: y                                           | -
        cache-control: max-age=300                     | 300
        cache-control: public, max-age=300~age: 100    | 200
        cache-control: max-age=300~age: 400            | 0
        cache-control: no-store                        | 0
        cache-control: max-age=300, no-cache           | 0
        cache-control: max-age=99999999999             | -
        """)
    void hasTheSetAndHowLongItIsFresh(String headers, Long freshFor) throws Exception {
        String head = "HTTP/1.1 200 OK\r\n" + headers.strip().replace("~", "\r\n") + "\r\n";
        try (RawServer server = RawServer.answering(response(head, set()))) {
            FetchedKeys fetched = fetch(server.url().resolve("/keys?v=1"), PATIENCE);
            assertThat(fetched.keys()).hasSize(1);
            assertThat(fetched.freshFor())
                    .isEqualTo(Optional.ofNullable(freshFor).map(Duration::ofSeconds));
            assertThat(server.requests().get(0))
                    .startsWith("GET /keys?v=1 HTTP/1.1")
                    .containsIgnoringCase("accept: application/cose-key-set, application/jwk-set+json")
                    .doesNotContainIgnoringCase("authorization");
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (RawServer elsewhere = RawServer.answering(response("HTTP/1.1 200 OK\r\n", set()))) {
            for (int status : List.of(301, 302, 303, 307, 308)) {
                String head = "HTTP/1.1 " + status + " Moved\r\nlocation: " + elsewhere.url() + "\r\n";
                assertRefused(response(head, new byte[0]), Reason.STATUS);
            }
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void refusesOtherStatuses() throws Exception {
        assertRefused(response("HTTP/1.1 404 Not Found\r\n", set()), Reason.STATUS);
        assertRefused(response("HTTP/1.1 203 Transformed\r\n", set()), Reason.STATUS);
        assertRefused("HTTP/1.1 204 No Content\r\n\r\n", Reason.STATUS);
    }

    @Test
    void refusesASetThatIsLongerThanAllowed() throws Exception {
        assertRefused(response("HTTP/1.1 200 OK\r\n", new byte[301]), Reason.UNREACHABLE);
    }

    @Test
    void refusesGarbage() throws Exception {
        assertRefused(response("HTTP/1.1 200 OK\r\n", new byte[] {1, 2, 3}), Reason.INVALID);
        assertRefused(response("HTTP/1.1 200 OK\r\n", new byte[0]), Reason.INVALID);
        assertRefused("garbage\r\n\r\n", Reason.UNREACHABLE);
    }

    @Test
    void waitsForASlowServerOnlySoLong() throws Exception {
        try (RawServer silent = RawServer.start(peer -> {
            peer.read();
            peer.read(); // nothing more comes
        })) {
            assertFails(silent.url(), Duration.ofMillis(200), Reason.UNREACHABLE);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        URI gone;
        try (RawServer server = RawServer.answering("")) {
            gone = server.url();
        }
        assertFails(gone, PATIENCE, Reason.UNREACHABLE);
    }
}
