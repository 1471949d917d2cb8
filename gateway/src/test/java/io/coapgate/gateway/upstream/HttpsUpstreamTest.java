package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.upstream.Neighbourhood.NO_CONTENT;
import static io.coapgate.gateway.upstream.Neighbourhood.failure;
import static io.coapgate.gateway.upstream.Neighbourhood.get;
import static io.coapgate.gateway.upstream.Neighbourhood.settings;
import static io.coapgate.gateway.upstream.Neighbourhood.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.refusal.Refusal;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpsUpstreamTest {
    @RegisterExtension
    final Neighbourhood near = new Neighbourhood();

    private final Pki pki = new Pki("authority");

    HttpsUpstreamTest() throws GeneralSecurityException {}

    private RawServer server(boolean mutual) throws Exception {
        RawServer.Script script = peer -> {
            while (true) {
                peer.read();
                peer.write(NO_CONTENT);
            }
        };
        return near.closing(RawServer.start(script, pki.listening(pki.server("localhost"), mutual)));
    }

    private Upstream open(RawServer server, String host, TlsSource tls) {
        UpstreamSettings plain = settings(URI.create("https://" + host + ":" + server.port()));
        return near.open(
                new UpstreamSettings(plain.name(), plain.targets(), plain.connections(), tls, plain.failures()));
    }

    private TlsMaterial trusting(Pki authority) {
        return new TlsMaterial(List.of(authority.authority()), Optional.empty());
    }

    private TlsMaterial showing(TlsMaterial.Identity identity) {
        return new TlsMaterial(List.of(pki.authority()), Optional.of(identity));
    }

    private void assertUntrusted(RawServer server, Upstream upstream) throws Exception {
        UpstreamException failure = failure(upstream.send(get()));
        assertThat(failure.reason()).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        assertThat(failure.detail()).startsWith("TLS: its certificate");
        assertThat(server.requests()).as("no token has left").isEmpty();
    }

    @Test
    void sendsToATrustedServerOfThatName() throws Exception {
        RawServer server = server(false);
        TlsMaterial trusting = trusting(pki);
        assertThat(status(open(server, "localhost", () -> trusting).send(get())))
                .isEqualTo(204);
    }

    @Test
    void sendsNothingToAServerOfAnotherName() throws Exception {
        RawServer server = server(false);
        TlsMaterial trusting = trusting(pki);
        assertUntrusted(server, open(server, "127.0.0.1", () -> trusting));
    }

    @Test
    void sendsNothingToAServerThatTheJdkDoesNotTrust() throws Exception {
        RawServer server = server(false);
        assertUntrusted(server, open(server, "localhost", TlsSource.JDK));
    }

    @Test
    void sendsNothingToAServerOfAnotherAuthority() throws Exception {
        RawServer server = server(false);
        TlsMaterial trusting = trusting(new Pki("stranger"));
        assertUntrusted(server, open(server, "localhost", () -> trusting));
    }

    @Test
    void showsItsCertificateToAServerThatAsks() throws Exception {
        RawServer server = server(true);
        TlsMaterial showing = showing(pki.client("gateway-1"));

        assertThat(status(open(server, "localhost", () -> showing).send(get()))).isEqualTo(204);

        assertThat(server.clients()).containsExactly("CN=gateway-1");
    }

    @Test
    void isRefusedByAServerThatAsksInVain() throws Exception {
        RawServer server = server(true);
        TlsMaterial trusting = trusting(pki);

        UpstreamException failure =
                failure(open(server, "localhost", () -> trusting).send(get()));

        assertThat(failure.reason()).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void followsAChangeOfItsSourceWithoutLosingARequest() throws Exception {
        RawServer server = server(true);
        Changing tls = new Changing(showing(pki.client("gateway-1")));
        Upstream upstream = open(server, "localhost", tls);
        assertThat(status(upstream.send(get()))).isEqualTo(204);

        tls.next.set(Optional.of(showing(pki.client("gateway-2"))));

        await().until(() -> {
            assertThat(status(upstream.send(get()))).isEqualTo(204);
            return server.clients().contains("CN=gateway-2");
        });
        assertThat(server.clients()).containsExactly("CN=gateway-1", "CN=gateway-2");
    }

    @Test
    void outlivesASourceThatFails() throws Exception {
        RawServer server = server(true);
        Changing tls = new Changing(showing(pki.client("gateway-1"))) {
            private int looks;

            @Override
            public Optional<TlsMaterial> change() {
                if (++looks == 1) {
                    throw new IllegalStateException("for the test");
                }
                return super.change();
            }
        };
        Upstream upstream = open(server, "localhost", tls);
        tls.next.set(Optional.of(showing(pki.client("gateway-2"))));

        await().until(() -> {
            assertThat(status(upstream.send(get()))).isEqualTo(204);
            return server.clients().contains("CN=gateway-2");
        });
    }

    @Test
    void neverPrintsThePrivateKey() throws Exception {
        assertThat(pki.client("gateway-1")).hasToString("Identity[CN=gateway-1]");
    }

    private static class Changing implements TlsSource {
        final AtomicReference<Optional<TlsMaterial>> next = new AtomicReference<>(Optional.empty());
        private volatile TlsMaterial current;

        Changing(TlsMaterial current) {
            this.current = current;
        }

        @Override
        public TlsMaterial current() {
            return current;
        }

        @Override
        public Optional<TlsMaterial> change() {
            Optional<TlsMaterial> change = next.getAndSet(Optional.empty());
            change.ifPresent(material -> current = material);
            return change;
        }
    }
}
