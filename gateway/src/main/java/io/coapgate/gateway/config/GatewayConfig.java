package io.coapgate.gateway.config;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jca.CryptoProvider;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.coap.CoapSettings;
import io.coapgate.gateway.coap.UploadPortSettings;
import io.coapgate.gateway.discovery.Link;
import io.coapgate.gateway.dtls.ListenerSettings;
import io.coapgate.gateway.exchange.CacheSettings;
import io.coapgate.gateway.exchange.LimitSettings;
import io.coapgate.gateway.keys.RotationPolicy;
import io.coapgate.gateway.oauth.OAuthSettings;
import io.coapgate.gateway.observe.ObservationSettings;
import io.coapgate.gateway.token.AdmissionSettings;
import io.coapgate.gateway.token.ExpiresInSettings;
import io.coapgate.gateway.token.HandshakeSettings;
import io.coapgate.gateway.upstream.UpstreamSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that gateway.yaml says, checked and with its keys read. Immutable.
 *
 * @param file where it was read
 * @param stateDirectory where the gateway keeps the keys that it makes for itself
 * @param devicesFile the registry
 * @param uploadPorts for tokens that come before their handshake
 * @param admission which CWTs are let in
 * @param handshakes how CWTs establish sessions
 * @param expiresIn by the issuers whose CWTs may live from their arrival on
 * @param trust what is asked of the authorization servers whose tokens are accepted
 * @param authorizationServer where devices get tokens; empty if they know, or issue their own
 * @param tokenFreshness how long ago a token's nonce may have been given out; empty if tokens need none
 * @param issuing the gateway's own authorization server; empty if it is none
 * @param rotation of the keys that the gateway makes for itself
 * @param tokenExchanges every one that a route names is among them
 * @param upstreams every route's upstream is among them, under a name of its own
 * @param links each to a path that a route takes, in the order of the routes
 * @param cache how much is kept of what upstreams answer, on routes that allow it
 * @param drain how long requests under way may take to finish at the end
 */
public record GatewayConfig(
        Path file,
        Path stateDirectory,
        Path devicesFile,
        CryptoProvider cryptoProvider,
        List<ListenerSettings> listeners,
        List<UploadPortSettings> uploadPorts,
        DtlsConfig dtls,
        AdmissionSettings admission,
        HandshakeSettings handshakes,
        Map<String, ExpiresInSettings> expiresIn,
        TrustConfig trust,
        Optional<String> authorizationServer,
        Optional<Duration> tokenFreshness,
        Optional<IssuingConfig> issuing,
        JwtConfig jwt,
        RotationPolicy rotation,
        List<OAuthSettings> tokenExchanges,
        List<UpstreamSettings> upstreams,
        List<Route> routes,
        List<Link> links,
        HttpConfig http,
        LimitSettings limits,
        ObservationSettings observations,
        CacheSettings cache,
        Duration drain,
        CoapSettings coap) {
    public GatewayConfig {
        requireNonNull(file, "file");
        requireNonNull(stateDirectory, "stateDirectory");
        requireNonNull(devicesFile, "devicesFile");
        requireNonNull(cryptoProvider, "cryptoProvider");
        listeners = List.copyOf(listeners);
        uploadPorts = List.copyOf(uploadPorts);
        requireNonNull(dtls, "dtls");
        requireNonNull(admission, "admission");
        requireNonNull(handshakes, "handshakes");
        expiresIn = Map.copyOf(expiresIn);
        requireNonNull(trust, "trust");
        requireNonNull(authorizationServer, "authorizationServer");
        requireNonNull(tokenFreshness, "tokenFreshness");
        requireNonNull(issuing, "issuing");
        requireNonNull(jwt, "jwt");
        requireNonNull(rotation, "rotation");
        tokenExchanges = List.copyOf(tokenExchanges);
        upstreams = List.copyOf(upstreams);
        routes = List.copyOf(routes);
        links = List.copyOf(links);
        requireNonNull(http, "http");
        requireNonNull(limits, "limits");
        requireNonNull(observations, "observations");
        requireNonNull(cache, "cache");
        requireNonNull(drain, "drain");
        requireNonNull(coap, "coap");
    }

    /** What CWTs for the gateway name in {@code aud}; the first is what devices are told. */
    public List<String> ownNames() {
        return admission.policy().audiences().stream().sorted().toList();
    }

    /**
     * Where the gateway's own HTTP listeners are.
     *
     * @param publicAddress for services: JWKS and metadata
     * @param adminAddress for operators: health and metrics
     */
    public record HttpConfig(InetSocketAddress publicAddress, InetSocketAddress adminAddress) {
        public HttpConfig {
            requireNonNull(publicAddress, "publicAddress");
            requireNonNull(adminAddress, "adminAddress");
        }
    }
}
