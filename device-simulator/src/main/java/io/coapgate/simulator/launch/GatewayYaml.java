package io.coapgate.simulator.launch;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.launch.GatewaySetup.Route;
import io.coapgate.simulator.launch.GatewaySetup.TokenIssuer;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes {@code gateway.yaml}, which may hold a secret. */
final class GatewayYaml {
    /** With a short name, since that stands in each of its tokens. */
    private static final String AUTHORIZATION_SERVER = "authorization-server: {issuer: as}\n";

    private GatewayYaml() {}

    /** @param upstream the service that all routes lead to */
    static String of(GatewaySetup setup, InetSocketAddress upstream) {
        GatewayPorts ports = setup.ports();
        return """
                issuer: %s
                audience: %s
                listeners:
                  - {name: psk, address: 127.0.0.1, port: %d, credentials: [psk], access-tokens: %b}
                  - {name: rpk, address: 127.0.0.1, port: %d, credentials: [rpk]}
                  - {name: x509, address: 127.0.0.1, port: %d, credentials: [x509]}
                dtls:
                  private-key: keys/gateway.pem
                  certificates: keys/gateway.crt.pem
                  trust: keys/ca.crt.pem
                cwt:
                  leeway: %dms
                  self-issued: true
                  issuers: %s
                upstreams:
                  backend: {url: "http://%s:%d", max-queued: 10000}
                routes:
                %sjwt: {lifetime: %ds}
                limits: {max-in-flight: %d, max-in-flight-per-device: %d}
                %shttp:
                  public: {address: 127.0.0.1, port: %d}
                  admin: {address: 127.0.0.1, port: %d}
                """.formatted(
                        Yaml.text(GatewaySetup.ISSUER),
                        Yaml.text(GatewaySetup.AUDIENCE),
                        ports.psk(),
                        setup.tuning().issuesTokens() || setup.takesTokensInHandshakes(),
                        ports.rpk(),
                        ports.x509(),
                        setup.tuning().leeway().toMillis(),
                        issuers(setup.issuers()),
                        upstream.getAddress().getHostAddress(),
                        upstream.getPort(),
                        setup.routes().stream().map(GatewayYaml::route).collect(Collectors.joining()),
                        setup.tuning().jwtLifetime().toSeconds(),
                        setup.tuning().maxInFlight(),
                        setup.tuning().maxInFlightPerDevice(),
                        setup.tuning().issuesTokens() ? AUTHORIZATION_SERVER : "",
                        ports.publicHttp(),
                        ports.adminHttp());
    }

    static String issuerKeyFile(int index) {
        return "issuer-" + index + ".pub.pem";
    }

    private static String issuers(List<TokenIssuer> issuers) {
        return IntStream.range(0, issuers.size())
                .mapToObj(i -> "{issuer: %s, %skeys: [{algorithm: %s, public-key: keys/%s}]}"
                        .formatted(
                                Yaml.text(issuers.get(i).name()),
                                issuers.get(i)
                                        .derivationKey()
                                        .map(GatewayYaml::derivationKey)
                                        .orElse(""),
                                Yaml.text(issuers.get(i).algorithm()),
                                issuerKeyFile(i)))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String derivationKey(SecretBytes key) {
        byte[] exposed = key.expose();
        try {
            return "derivation-key: \"hex:" + HexFormat.of().formatHex(exposed) + "\", ";
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    private static String route(Route route) {
        String read = Yaml.list(List.of(GatewaySetup.READ_SCOPE));
        String write = Yaml.list(List.of(GatewaySetup.WRITE_SCOPE));
        return """
                  - path: %s
                    upstream: backend
                    audience: %s
                    authenticate: %s
                    methods: {GET: %s, POST: %s, PUT: %s, DELETE: %s}
                    claims: {model: device_model}
                """.formatted(
                        route.path(),
                        Yaml.text(GatewaySetup.SERVICE),
                        route.token() ? "token" : "session",
                        read,
                        write,
                        write,
                        write);
    }
}
