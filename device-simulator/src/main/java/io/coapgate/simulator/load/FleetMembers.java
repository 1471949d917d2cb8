package io.coapgate.simulator.load;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.AuthorizationServer;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.device.SelfIssuedTokens;
import io.coapgate.simulator.device.TokenGrant;
import io.coapgate.simulator.launch.Enrolment;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.Pki;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the devices of a fleet out of its plan: what the gateway's registry has of them, and what they are themselves. */
public final class FleetMembers {
    private static final String TENANT = "simulated";
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);
    private static final String AUTHORIZATION_SERVER = "coaps://as.simulated.example";

    private final FleetPlan plan;
    private final Duration tokenLifetime;
    private final List<ClockSkew> skews;
    private final FleetKeys keys;
    private final Clock clock;
    private final SecureRandom random;
    private final Pki pki;
    private final AuthorizationServer authorizationServer;

    /**
     * Devices whose tokens last for half a day.
     *
     * @throws GeneralSecurityException if the platform can't sign with these keys
     */
    public FleetMembers(FleetPlan plan, Clock clock, SecureRandom random) throws GeneralSecurityException {
        this(plan, TOKEN_LIFETIME, List.of(), clock, random);
    }

    /**
     * @param skews of the first devices' clocks
     * @throws GeneralSecurityException if the platform can't sign with these keys
     */
    public FleetMembers(FleetPlan plan, Duration tokenLifetime, List<ClockSkew> skews, Clock clock, SecureRandom random)
            throws GeneralSecurityException {
        this.plan = plan;
        this.tokenLifetime = tokenLifetime;
        this.skews = List.copyOf(skews);
        this.keys = new FleetKeys(plan.seed());
        this.clock = clock;
        this.random = random;
        this.pki = new Pki(keys.p256("authority"), clock, random);
        this.authorizationServer =
                new AuthorizationServer(AUTHORIZATION_SERVER, keys.p256("authorization server"), clock, random);
    }

    public FleetPlan plan() {
        return plan;
    }

    /** Vouches for the devices' certificates. */
    public Pki pki() {
        return pki;
    }

    /** Issues the devices' tokens. */
    public AuthorizationServer authorizationServer() {
        return authorizationServer;
    }

    /** The devices as the gateway is to have them in its registry, which does not say whom they trust. */
    public List<Enrolment> enrolments() throws GeneralSecurityException {
        GatewayTrust anyone = new GatewayTrust(Optional.of(pki.authority().getPublicKey()), List.of(pki.authority()));
        List<Enrolment> enrolments = new ArrayList<>(plan.devices());
        for (int i = 0; i < plan.devices(); i++) {
            enrolments.add(new Enrolment(
                    id(i),
                    TENANT,
                    Map.of("model", "simulated"),
                    List.of(GatewaySetup.READ_SCOPE, GatewaySetup.WRITE_SCOPE),
                    credential(i, anyone)));
        }
        return enrolments;
    }

    /**
     * The devices themselves.
     *
     * @throws IllegalArgumentException if {@code trust} lacks what devices of this kind know a gateway by
     */
    public List<DeviceProfile> profiles(GatewayTrust trust) throws GeneralSecurityException {
        List<DeviceProfile> profiles = new ArrayList<>(plan.devices());
        for (int i = 0; i < plan.devices(); i++) {
            DeviceProfile session =
                    new DeviceProfile(id(i), shown(i, trust), plan.connectionId(), Optional.empty(), false);
            profiles.add(withTokens(session, ClockSkew.of(skews, i, clock)));
        }
        return profiles;
    }

    private DeviceProfile withTokens(DeviceProfile device, Clock own) {
        TokenGrant grant = grant();
        return switch (plan.token()) {
            case SESSION, IN_HANDSHAKE -> device;
            case VIA_TOKEN -> device.askingGateway();
            case AUTHZ_INFO ->
                device.withTokens(authorizationServer.tokensFor(device.id(), device.credential(), grant));
            case SELF_ISSUED ->
                device.withTokens(new SelfIssuedTokens(device.id(), device.credential(), grant, own, random));
        };
    }

    private TokenGrant grant() {
        return new TokenGrant(
                GatewaySetup.AUDIENCE, GatewaySetup.READ_SCOPE + ' ' + GatewaySetup.WRITE_SCOPE, tokenLifetime);
    }

    /** The key that the gateway derives others from, with which tokens come in handshakes. */
    public SecretBytes derivationKey() {
        return keys.psk("derivation");
    }

    /** What the device shows in its handshake: that which is enrolled, or a token. */
    private Credential shown(int index, GatewayTrust trust) throws GeneralSecurityException {
        Credential enrolled = credential(index, trust);
        return plan.token() == TokenMode.IN_HANDSHAKE && enrolled instanceof Credential.PreSharedKey psk
                ? new Credential.AccessTokens(
                        authorizationServer.handshakeTokensFor(id(index), psk.suite(), derivationKey(), grant()))
                : enrolled;
    }

    private Credential credential(int index, GatewayTrust trust) throws GeneralSecurityException {
        String id = id(index);
        return switch (plan.credential()) {
            case PSK -> new Credential.PreSharedKey(id, keys.psk(id), PskSuite.CCM_8);
            case ECDHE_PSK -> new Credential.PreSharedKey(id, keys.psk(id), PskSuite.ECDHE_GCM);
            case RPK -> rawPublicKey(keys.p256(id), trust);
            case RPK_ED25519 -> rawPublicKey(keys.ed25519(id), trust);
            case X509 -> {
                KeyPair pair = keys.p256(id);
                yield new Credential.Certificate(pair, pki.device(id, pair.getPublic()), trust.authorities());
            }
        };
    }

    private static Credential rawPublicKey(KeyPair pair, GatewayTrust trust) {
        return new Credential.RawPublicKey(
                pair,
                trust.key().orElseThrow(() -> new IllegalArgumentException("the gateway's raw public key is missing")));
    }

    private static String id(int index) {
        return "sim-%06d".formatted(index);
    }
}
