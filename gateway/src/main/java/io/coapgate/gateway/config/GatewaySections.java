package io.coapgate.gateway.config;

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
import io.coapgate.gateway.trust.IntrospectionSettings;
import io.coapgate.gateway.upstream.UpstreamSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the configuration together, section by section, passing over those that broke the schema. */
final class GatewaySections {
    private final Path file;
    private final Section root;
    private final Problems problems;
    private final NamedFiles files;
    private final SecretReader secrets;

    GatewaySections(Path file, Section root, Problems problems, Map<String, String> environment) {
        this.file = file;
        this.root = root;
        this.problems = problems;
        this.files = new NamedFiles(file);
        this.secrets = new SecretReader(files, environment);
    }

    GatewayConfig config() throws ConfigException {
        ListenersReader listenersReader = new ListenersReader(root);
        List<ListenerSettings> listeners = listenersReader.read();
        List<UploadPortSettings> uploadPorts = listenersReader.uploadPorts();
        Optional<DtlsConfig> dtls = new DtlsReader(files, listenersReader.takeX509()).read(root);
        KeySetReader keySets = new KeySetReader(file);
        Optional<AdmissionSettings> admission = new CwtReader(files, secrets, keySets).read(root);
        Optional<HandshakeSettings> handshakes = new HandshakesReader(secrets).read(root);
        Map<String, ExpiresInSettings> expiresIn = ExpiresInReader.read(root);
        Optional<IssuingConfig> issuing = new IssuingReader(files, secrets).read(root);
        Optional<IntrospectionSettings> introspection = new IntrospectionReader(file, secrets).read(root);
        Optional<JwtConfig> jwt = new JwtReader(files).read(root);
        Optional<RotationPolicy> rotation = RotationReader.read(root);
        List<OAuthSettings> tokenExchanges = new TokenExchangesReader(file, files, secrets).read(root);
        List<UpstreamSettings> upstreams = new UpstreamsReader(file).read(root);
        List<Route> routes = new RoutesReader(root).read();
        List<Link> links = LinksReader.read(root, routes);
        Optional<GatewayConfig.HttpConfig> http = HttpReader.read(root);
        Optional<CoapSettings> coap = new CoapReader(root, upstreams).read();
        Optional<CacheSettings> cache = cache(root);
        problems.throwIfAny();
        return new GatewayConfig(
                file,
                files.resolve(root.text("state")),
                files.resolve(root.text("devices")),
                CryptoProvider.of(root.section("crypto").text("provider")).orElseThrow(),
                listeners,
                uploadPorts,
                dtls.orElseThrow(),
                admission.orElseThrow(),
                handshakes.orElseThrow(),
                expiresIn,
                keySets.all(introspection),
                AuthorizationServerUri.of(root, listeners, issuing.isPresent()),
                CwtReader.freshness(root.section("cwt")),
                issuing,
                jwt.orElseThrow(),
                rotation.orElseThrow(),
                tokenExchanges,
                upstreams,
                routes,
                links,
                http.orElseThrow(),
                limits(root.section("limits")),
                observations(root.section("limits")),
                cache.orElseThrow(),
                root.section("limits").duration("drain"),
                coap.orElseThrow());
    }

    private static ObservationSettings observations(Section limits) {
        return new ObservationSettings(
                limits.integer("max-observations"), limits.integer("max-observations-per-device"));
    }

    private static Optional<CacheSettings> cache(Section root) {
        if (!root.isSound("limits")) {
            return Optional.empty();
        }
        Section limits = root.section("limits");
        int total = limits.size("max-cached");
        int perDevice = limits.size("max-cached-per-device");
        if (perDevice > total) {
            limits.problem("max-cached-per-device", "is more than max-cached", "make this smaller or that larger");
            return Optional.empty();
        }
        return Optional.of(new CacheSettings(total, perDevice));
    }

    private static LimitSettings limits(Section limits) {
        return new LimitSettings(limits.integer("max-in-flight"), limits.integer("max-in-flight-per-device"));
    }
}
