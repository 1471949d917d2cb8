package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.CreationHints;
import io.coapgate.crypto.ace.DtlsKeyDerivation;
import io.coapgate.crypto.ace.PskIdentity;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.Devices;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9202 on the resource server's side, with real handshakes. */
class HandshakeByTokenTest {
    private static final String SECRET = "0123456789abcdef";
    private static final byte[] KEY = SECRET.getBytes(UTF_8);

    private final Path directory;

    HandshakeByTokenTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** RFC 9202 §3.3 */
    @Nested
    class PreSharedKeyMode {
        @Test
        void aTokenIsUploadedOverPlainCoapAndItsKeyNamedInTheHandshake() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                    PskClient client = named(gateway, "k1", KEY)) {
                upload(gateway, gateway.encrypted(token(gateway, "d1", "read", "k1")), ResponseCode.CREATED);

                assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                assertThat(post(client, "/temp/1").getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
                assertThat(jwt(gateway)).contains("\"sub\":\"d1\"");
            }
        }

        @Test
        void theTokenComesInTheHandshake() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                byte[] token = gateway.encrypted(token(gateway, "d1", "read write", "k1"));
                try (PskClient client = new PskClient(gateway.coaps("psk"), token, KEY)) {
                    assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                    assertThat(post(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CHANGED);
                }
                try (PskClient again = named(gateway, "k1", KEY)) {
                    assertThat(get(again, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                }
            }
        }

        @Test
        void theKeyIsDerivedFromATokenThatOnlyNamesIt() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                byte[] token = gateway.signed(gateway.claims("d1", "read")
                        .confirmation(AceGateway.kid("k7"))
                        .build());
                byte[] key = DtlsKeyDerivation.derive(
                                SecretBytes.copyOf(HexFormat.of().parseHex(AceGateway.DERIVATION_KEY)), token)
                        .expose();
                try (PskClient client = new PskClient(gateway.coaps("psk"), token, key)) {
                    assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                }
            }
        }

        @Test
        void oneTokenDoesNotServeWithTheKeyOfAnother() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                byte[] token = gateway.encrypted(token(gateway, "d1", "read", "k1"));
                upload(gateway, token, ResponseCode.CREATED);

                assertIsRefused(named(gateway, "k1", "another-key-of-16".getBytes(UTF_8)));
                assertIsRefused(new PskClient(gateway.coaps("psk"), token, "another-key-of-16".getBytes(UTF_8)));
            }
        }

        @Test
        void anUnknownKidAndAForgedTokenTakeTheStepsOfAWrongKey() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                byte[] forged = gateway.encrypted(token(gateway, "d1", "read", "k1"));
                forged[forged.length - 1] ^= 1;

                assertIsRefused(named(gateway, "nobody", KEY));
                assertIsRefused(new PskClient(gateway.coaps("psk"), forged, KEY));
                gateway.awaitRefusedHandshake("token_signature");
            }
        }

        @Test
        void aSecretThatAnybodyCouldReadIsNone() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                upload(gateway, gateway.signed(token(gateway, "d1", "read", "k1")), ResponseCode.UNAUTHORIZED);
            }
        }

        @Test
        void anEnrolledDeviceStillComesWithItsOwnKey() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                    PskClient client = new PskClient(gateway.coaps("psk"), "sensor-1", PskGateway.KEY, 1024)) {
                assertThat(get(client, "/session").getCode()).isEqualTo(ResponseCode.CONTENT);
            }
        }

        private CwtClaims token(AceGateway gateway, String subject, String scope, String kid) {
            return gateway.claims(subject, scope)
                    .confirmation(AceGateway.key(kid, SECRET))
                    .build();
        }
    }

    /** RFC 9202 §3.2 */
    @Nested
    class RawPublicKeyMode {
        private final KeyPair keys = Devices.p256();

        @Test
        void aKeyThatAWaitingTokenNamesIsLetIn() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: any\n      tenant: field");
                    RpkClient client = new RpkClient(gateway.coaps("rpk"), keys)) {
                upload(gateway, gateway.signed(token(gateway, "new-device", keys)), ResponseCode.CREATED);

                assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                assertThat(jwt(gateway)).contains("\"sub\":\"new-device\"");
            }
        }

        @Test
        void anotherKeyIsNot() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: any")) {
                upload(gateway, gateway.signed(token(gateway, "new-device", keys)), ResponseCode.CREATED);

                assertIsRefused(new RpkClient(gateway.coaps("rpk"), Devices.p256()));
            }
        }

        @Test
        void anEnrolledKeyGetsTheTokenThatWaitedForIt() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                    RpkClient client = new RpkClient(gateway.coaps("rpk"), gateway.d3)) {
                upload(gateway, gateway.signed(token(gateway, "d3", gateway.d3)), ResponseCode.CREATED);

                assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                gateway.clock().advance(Duration.ofMinutes(10));
                assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
                assertThat(get(client, "/session").getCode()).isEqualTo(ResponseCode.CONTENT); // its own session stands
            }
        }

        @Test
        void aTokenForAnotherDeviceDoesNotReachTheSessionOfAnEnrolledOne() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                    RpkClient client = new RpkClient(gateway.coaps("rpk"), gateway.d3)) {
                upload(gateway, gateway.signed(token(gateway, "d1", gateway.d3)), ResponseCode.CREATED);

                assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            }
        }

        private CwtClaims token(AceGateway gateway, String subject, KeyPair of) {
            return gateway.claims(subject, "read")
                    .confirmation(AceGateway.key(of.getPublic()))
                    .build();
        }
    }

    @Nested
    class WhoItIs {
        @Test
        void aSubjectThatIsNotEnrolledIsRefusedUnlessTheIssuerHasDevicesOfItsOwn() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                byte[] token = gateway.encrypted(psk(gateway, "stranger", "read"));

                assertIsRefused(new PskClient(gateway.coaps("psk"), token, KEY));
                gateway.awaitRefusedHandshake("token_subject");
            }
        }

        @Test
        void anEnrolledIdMeansTheRegistrysRecord() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: any\n      tenant: field")) {
                byte[] token = gateway.encrypted(psk(gateway, "d1", "read"));
                try (PskClient client = new PskClient(gateway.coaps("psk"), token, KEY)) {
                    assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                    gateway.enrol("d3");
                    assertIsCut(client);
                }
            }
        }

        @Test
        void whatTheRegistryGrantsIsNotTheTokensToUse() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                byte[] token = gateway.encrypted(psk(gateway, "d1", "write"));
                try (PskClient client = new PskClient(gateway.coaps("psk"), token, KEY)) {
                    assertThat(get(client, "/session").getCode()).isEqualTo(ResponseCode.FORBIDDEN);
                }
            }
        }
    }

    /** RFC 9202 §4 and §5 */
    @Nested
    class NewTokensAndTheirEnd {
        @Test
        void aTokenForTheSameKeyExtendsTheSession() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                byte[] token = gateway.encrypted(psk(gateway, "d1", "read"));
                try (PskClient client = new PskClient(gateway.coaps("psk"), token, KEY)) {
                    assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                    gateway.clock().advance(Duration.ofMinutes(9));
                    byte[] newer = gateway.signed(gateway.claims("d1", "read write")
                            .confirmation(AceGateway.kid("k1"))
                            .build());
                    assertThat(authzInfo(client, newer).getCode()).isEqualTo(ResponseCode.CREATED);
                    gateway.clock().advance(Duration.ofMinutes(5));
                    assertThat(post(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CHANGED);
                }
            }
        }

        @Test
        void aTokenForAnotherKeyOrDeviceIsRefusedOnTheSession() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: any")) {
                byte[] token = gateway.encrypted(psk(gateway, "d1", "read"));
                try (PskClient client = new PskClient(gateway.coaps("psk"), token, KEY)) {
                    assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                    byte[] otherKey = gateway.encrypted(gateway.claims("d1", "write")
                            .confirmation(AceGateway.key("k2", "fedcba9876543210"))
                            .build());
                    byte[] otherDevice = gateway.encrypted(psk(gateway, "d2", "write"));
                    assertThat(authzInfo(client, otherKey).getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
                    assertThat(authzInfo(client, otherDevice).getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
                    assertThat(post(client, "/temp/1").getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
                }
            }
        }

        @Test
        void anUploadOverPlainCoapCountsForTheSessionOfTheSameKey() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                byte[] token = gateway.encrypted(psk(gateway, "d1", "read"));
                try (PskClient client = new PskClient(gateway.coaps("psk"), token, KEY)) {
                    assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                    upload(gateway, gateway.encrypted(psk(gateway, "d1", "write")), ResponseCode.CREATED);
                    assertThat(post(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CHANGED);
                    assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
                }
            }
        }

        @Test
        void aKidCannotBeMadeToMeanAnotherKey() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                upload(gateway, gateway.encrypted(psk(gateway, "d1", "read")), ResponseCode.CREATED);
                byte[] squatter = gateway.encrypted(gateway.claims("d3", "read")
                        .confirmation(AceGateway.key("k1", "fedcba9876543210"))
                        .build());

                upload(gateway, squatter, ResponseCode.UNAUTHORIZED);
                assertIsRefused(new PskClient(gateway.coaps("psk"), squatter, "fedcba9876543210".getBytes(UTF_8)));
                gateway.awaitRefusedHandshake("token_key_reused");
            }
        }

        @Test
        void hintsNameTheKeyThatANewTokenMustBeFor() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                    RpkClient publicKey = new RpkClient(gateway.coaps("rpk"), gateway.d3)) {
                byte[] token = gateway.encrypted(psk(gateway, "d1", "read"));
                try (PskClient client = new PskClient(gateway.coaps("psk"), token, KEY)) {
                    assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                    gateway.clock().advance(Duration.ofMinutes(10)); // the end of the session is not due for ten more
                    assertThat(hints(get(client, "/temp/1")).keyId()).contains(KeyId.ofUtf8("k1"));
                    assertThat(hints(get(client, "/unknown")).keyId()).contains(KeyId.ofUtf8("k1"));
                }
                assertThat(hints(get(publicKey, "/temp/1")).keyId()).isEmpty();
            }
        }

        private static CreationHints hints(CoapResponse response) throws Exception {
            assertThat(response.getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            return CreationHints.decode(response.getPayload());
        }

        @Test
        void theSessionEndsWithItsToken() throws Exception {
            try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
                byte[] token = gateway.encrypted(gateway.claims("d1", "read")
                        .expiresAt(gateway.clock().instant().plusSeconds(2))
                        .confirmation(AceGateway.key("k1", SECRET))
                        .build());
                try (PskClient client = new PskClient(gateway.coaps("psk"), token, KEY)) {
                    assertThat(get(client, "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
                    gateway.awaitMetric("coapgate_sessions 1.0");
                    gateway.clock().advance(Duration.ofSeconds(3));
                    gateway.awaitMetric("coapgate_sessions 0.0");
                }
                assertIsRefused(new PskClient(gateway.coaps("psk"), token, KEY));
                assertIsRefused(named(gateway, "k1", KEY));
            }
        }
    }

    @Test
    void theAnswerToAnUploadTellsAClientWithoutAClockHowLongTheTokenLasts() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled");
                PlainClient client = new PlainClient(gateway.authzInfo())) {
            Request request = PlainClient.post("authz-info", gateway.encrypted(psk(gateway, "d1", "read")));
            request.getOptions().setAccept(19);

            assertThat(client.exchange(request).getPayload())
                    .isEqualTo(HexFormat.of().parseHex("a102190258")); // {expires_in: 600}
        }
    }

    private static CwtClaims psk(AceGateway gateway, String subject, String scope) {
        return gateway.claims(subject, scope)
                .confirmation(AceGateway.key("k1", SECRET))
                .build();
    }

    private static PskClient named(AceGateway gateway, String kid, byte[] key) {
        return new PskClient(gateway.coaps("psk"), PskIdentity.encode(KeyId.ofUtf8(kid)), key);
    }

    private static void upload(AceGateway gateway, byte[] token, ResponseCode expected) throws Exception {
        try (PlainClient client = new PlainClient(gateway.authzInfo())) {
            assertThat(client.upload(token).getCode()).isEqualTo(expected);
        }
    }

    private static String jwt(AceGateway gateway) {
        String bearer = gateway.authorizations().get(0);
        return new String(Base64.getUrlDecoder().decode(bearer.split("\\.", -1)[1]), UTF_8);
    }

    private static CoapResponse get(PskClient client, String path) throws Exception {
        return client.send(new Request(Code.GET), path);
    }

    private static CoapResponse get(RpkClient client, String path) throws Exception {
        return client.send(new Request(Code.GET), path);
    }

    private static CoapResponse post(PskClient client, String path) throws Exception {
        Request request = new Request(Code.POST);
        request.getOptions().setContentFormat(MediaTypeRegistry.TEXT_PLAIN);
        request.setPayload("21");
        return client.send(request, path);
    }

    private static CoapResponse authzInfo(PskClient client, byte[] token) throws Exception {
        Request request = new Request(Code.POST);
        request.getOptions().setContentFormat(61);
        request.setPayload(token);
        return client.send(request, "/authz-info");
    }

    /** Nothing, and that soon: the gateway is silent, and the client's patience short. */
    private static void assertIsRefused(PskClient client) throws Exception {
        try (client) {
            client.impatient();
            assertThat(get(client, "/temp/1")).isNull();
        }
    }

    private static void assertIsRefused(RpkClient client) {
        try (client) {
            assertThatThrownBy(() -> get(client, "/temp/1")).isNotNull();
        }
    }

    /** Its records are not read any more, and its new handshakes lead nowhere. */
    private static void assertIsCut(PskClient client) {
        client.impatient();
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            CoapResponse response = get(client, "/temp/1");
            assertThat(response == null || response.getCode() == ResponseCode.UNAUTHORIZED)
                    .isTrue();
        });
    }
}
