package io.coapgate.simulator.cost;

import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.AuthorizationServer;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.device.SelfIssuedTokens;
import io.coapgate.simulator.device.TokenGrant;
import io.coapgate.simulator.launch.Enrolment;
import io.coapgate.simulator.launch.GatewayPorts;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.GatewaySetup.Route;
import io.coapgate.simulator.launch.GatewaySetup.TokenIssuer;
import io.coapgate.simulator.launch.GatewayTuning;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.Pki;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One device of each kind, and what a gateway has to know of them. Names are of a length that fleets have. */
final class CostHouse {
    private static final int PSK_BYTES = 16;
    private static final Duration LIFETIME = Duration.ofHours(1);
    /** Short, since it stands in every token of its. */
    private static final String ISSUER = "coaps://as.example";

    private final Clock clock;
    private final SecureRandom random;
    private final KeyPair gatewayKeys;
    private final Pki pki;
    private final AuthorizationServer issuer;
    private final Map<KeyKind, Credential> credentials = new EnumMap<>(KeyKind.class);

    CostHouse(Clock clock, SecureRandom random) throws GeneralSecurityException {
        this.clock = clock;
        this.random = random;
        this.gatewayKeys = KeyPairs.p256(random);
        this.pki = new Pki(KeyPairs.p256(random), clock, random);
        this.issuer = new AuthorizationServer(ISSUER, KeyPairs.p256(random), clock, random);
        for (KeyKind kind : KeyKind.values()) {
            credentials.put(kind, credential(kind));
        }
    }

    private Credential credential(KeyKind kind) throws GeneralSecurityException {
        return switch (kind) {
            case PSK, ECDHE_PSK ->
                new Credential.PreSharedKey(kind.deviceId(), SecretBytes.random(PSK_BYTES, random), suite(kind));
            case RPK -> new Credential.RawPublicKey(KeyPairs.p256(random), gatewayKeys.getPublic());
            case RPK_ED25519 -> new Credential.RawPublicKey(KeyPairs.ed25519(random), gatewayKeys.getPublic());
            case X509 -> {
                KeyPair keys = KeyPairs.p256(random);
                yield new Credential.Certificate(
                        keys, pki.device(kind.deviceId(), keys.getPublic()), List.of(pki.authority()));
            }
        };
    }

    /** For a kind with pre-shared keys. */
    static PskSuite suite(KeyKind kind) {
        return kind == KeyKind.PSK ? PskSuite.CCM_8 : PskSuite.ECDHE_GCM;
    }

    GatewaySetup setup() {
        return new GatewaySetup(
                gatewayKeys,
                pki,
                GatewayPorts.ephemeral(),
                List.of(new TokenIssuer(issuer.name(), issuer.algorithm(), Pem.encode(issuer.publicKey()))),
                List.of(new Route(CostTrip.TOKEN_PATH, true), new Route(CostTrip.SESSION_PATH, false)),
                GatewayTuning.DEFAULT.withTokens(true));
    }

    List<Enrolment> enrolments() {
        List<Enrolment> enrolments = new ArrayList<>();
        credentials.forEach((kind, credential) -> enrolments.add(new Enrolment(
                kind.deviceId(),
                "default",
                Map.of(),
                List.of(GatewaySetup.READ_SCOPE, GatewaySetup.WRITE_SCOPE),
                credential)));
        return enrolments;
    }

    /** The device, with tokens of its own making or of the authorization server if that is the way. */
    DeviceProfile device(KeyKind kind, TokenWay way) {
        Credential credential = Objects.requireNonNull(credentials.get(kind));
        DeviceProfile device = DeviceProfile.of(kind.deviceId(), credential);
        TokenGrant grant = new TokenGrant(GatewaySetup.AUDIENCE, GatewaySetup.WRITE_SCOPE, LIFETIME);
        return switch (way) {
            case SELF_ISSUED -> device.withTokens(new SelfIssuedTokens(device.id(), credential, grant, clock, random));
            case AUTHZ_INFO -> device.withTokens(issuer.tokensFor(device.id(), credential, grant));
            case SESSION, TOKEN, IN_HANDSHAKE -> device;
        };
    }
}
