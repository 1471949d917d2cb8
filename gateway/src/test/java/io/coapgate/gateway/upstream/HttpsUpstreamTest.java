package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coapgate.gateway.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsUpstreamTest {
    private static final String PASSWORD = "changeit";
    private static final UpstreamName NAME = new UpstreamName("things");

    private static Path store = Path.of("unset");

    private RawServer server;

    HttpsUpstreamTest() throws Exception {
        server = RawServer.start(
                peer -> {
                    peer.read();
                    peer.write("HTTP/1.1 204 No Content\r\n\r\n");
                    peer.awaitEnd();
                },
                listening());
    }

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        store = directory.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=server",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static ServerSocket listening() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    private UpstreamResponse send(String host, Trust trust) throws Exception {
        URI url = URI.create("https://" + host + ":" + server.port());
        Upstreams upstreams = Upstreams.open(
                List.of(new UpstreamSettings(
                        NAME,
                        List.of(url),
                        new ConnectionSettings(2, 2, Duration.ofSeconds(4), 100),
                        EjectionSettings.DEFAULT)),
                1,
                trust,
                System::nanoTime);
        CompletableFuture<UpstreamResponse> answer = requireNonNull(
                        upstreams.byName().get(NAME))
                .send(new UpstreamRequest(
                        HttpMethod.GET,
                        "/",
                        List.of(),
                        new BearerToken("a.b.c", Instant.EPOCH),
                        new byte[0],
                        Duration.ofSeconds(8)))
                .toCompletableFuture();
        try {
            return answer.get(10, SECONDS);
        } finally {
            upstreams.close().toCompletableFuture().get(5, SECONDS);
        }
    }

    private void assertUnreachable(String host, Trust trust) {
        assertThat(catchThrowable(() -> send(host, trust)))
                .isInstanceOfSatisfying(
                        ExecutionException.class,
                        failure -> assertThat(failure.getCause())
                                .isInstanceOfSatisfying(UpstreamException.class, cause -> {
                                    assertThat(cause.reason()).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
                                    assertThat(cause.detail()).startsWith("TLS: its certificate");
                                }));
        assertThat(server.requests()).as("no token has left").isEmpty();
    }

    @Test
    void sendsToATrustedServerOfThatName() throws Exception {
        assertThat(send("localhost", trusted()).status()).isEqualTo(204);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void sendsNothingToAServerOfAnotherName() {
        assertUnreachable("127.0.0.1", trusted());
    }

    @Test
    void sendsNothingToAServerThatTheJdkDoesNotTrust() {
        assertUnreachable("localhost", Trust.JDK);
    }

    private static Trust trusted() {
        return Trust.store(store.toString(), PASSWORD);
    }
}
