package io.coapgate.simulator.demo;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.AuthorizationServer;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.device.SelfIssuedTokens;
import io.coapgate.simulator.device.TokenGrant;
import io.coapgate.simulator.launch.Enrolment;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.Pki;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Three devices, one for each kind of credential, with keys made on the spot.
 *
 * @param psk issues its own CWTs
 * @param rpk gets its CWTs from an authorization server
 * @param x509 shows its DTLS session only
 */
record DemoDevices(DeviceProfile psk, DeviceProfile rpk, DeviceProfile x509) {
    private static final String TENANT = "demo";
    private static final int PSK_BYTES = 16;
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    static DemoDevices make(
            PublicKey gateway, Pki pki, AuthorizationServer authorizationServer, Clock clock, SecureRandom random)
            throws GeneralSecurityException {
        TokenGrant grant = new TokenGrant(
                GatewaySetup.AUDIENCE, GatewaySetup.READ_SCOPE + ' ' + GatewaySetup.WRITE_SCOPE, TOKEN_LIFETIME);
        Credential psk = new Credential.PreSharedKey("meter-7", printable(random), PskSuite.CCM_8);
        Credential rpk = new Credential.RawPublicKey(KeyPairs.p256(random), gateway);
        KeyPair keys = KeyPairs.p256(random);
        Credential x509 =
                new Credential.Certificate(keys, pki.device("tracker-5", keys.getPublic()), List.of(pki.authority()));
        return new DemoDevices(
                DeviceProfile.of("meter-7", psk).withTokens(new SelfIssuedTokens("meter-7", psk, grant, clock, random)),
                DeviceProfile.of("valve-3", rpk).withTokens(authorizationServer.tokensFor("valve-3", rpk, grant)),
                DeviceProfile.of("tracker-5", x509));
    }

    /** 128 random bits as text, since command line clients take a key as text. */
    private static SecretBytes printable(SecureRandom random) {
        byte[] bytes = new byte[PSK_BYTES];
        random.nextBytes(bytes);
        return SecretBytes.copyOf(HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
    }

    List<Enrolment> enrolments() {
        return List.of(enrolment(psk, "m7"), enrolment(rpk, "v3"), enrolment(x509, "t5"));
    }

    private static Enrolment enrolment(DeviceProfile device, String model) {
        return new Enrolment(
                device.id(),
                TENANT,
                Map.of("model", model),
                List.of(GatewaySetup.READ_SCOPE, GatewaySetup.WRITE_SCOPE),
                device.credential());
    }
}
