package io.coapgate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.CreationHints;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.AuthorizationServer;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.SelfIssuedTokens;
import io.coapgate.simulator.device.SimulatedDevice;
import io.coapgate.simulator.device.TokenGrant;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.KeyPairs;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that must not open anything, each refused with its code and the service left alone. */
@ExtendWith(House.Keeper.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenBindingIT {
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private final House house;
    private long requestsBefore;

    TokenBindingIT(House house) {
        this.house = house;
    }

    @BeforeEach
    void count() {
        requestsBefore = house.upstream().requests();
    }

    @AfterEach
    void theServiceSawNothing() {
        assertThat(house.upstream().requests()).isEqualTo(requestsBefore);
    }

    /** Each device with another of its own kind, and with one of another kind. */
    Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(house.psk(), house.otherPsk()),
                Arguments.of(house.rpk(), house.otherRpk()),
                Arguments.of(house.psk(), house.rpk()),
                Arguments.of(house.rpk(), house.psk()),
                Arguments.of(house.rpk(), house.edwards()),
                Arguments.of(house.x509(), house.rpk()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesOnesTokenOnAnothersSession(DeviceProfile owner, DeviceProfile thief) throws Exception {
        byte[] token = house.issuer()
                .tokensFor(owner.id(), owner.credential(), House.GRANT)
                .token();
        assertRefused(thief, token, "4.01");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesOnesSelfIssuedTokenOnAnothersSession(DeviceProfile owner, DeviceProfile thief) throws Exception {
        assertRefused(thief, House.selfIssued(owner).token(), "4.01");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesADeviceThatSpeaksForAnother(DeviceProfile victim, DeviceProfile thief) throws Exception {
        // Its own key, and so its own proof of possession, but another's name.
        byte[] token =
                new SelfIssuedTokens(victim.id(), thief.credential(), House.GRANT, House.CLOCK, House.RANDOM).token();
        assertRefused(thief, token, "4.01");
    }

    @Nested
    class Confirmations {
        @Test
        void ofAnotherKeyAreRefused() throws Exception {
            Confirmation other = Confirmation.of(
                    CoseKey.ofPublicKey(KeyPairs.p256(House.RANDOM).getPublic()));
            assertRefused(house.rpk(), issued(claims(house.rpk()).confirmation(other)), "4.01");
        }

        @Test
        void ofAnotherIdentityAreRefused() throws Exception {
            Confirmation other = Confirmation.of(KeyId.ofUtf8("psk-2"));
            assertRefused(house.psk(), issued(claims(house.psk()).confirmation(other)), "4.01");
        }

        @Test
        void ofAnotherSecretAreRefused() throws Exception {
            Confirmation other = Confirmation.of(CoseKey.ofSecret(SecretBytes.random(32, House.RANDOM)));
            assertRefused(house.psk(), issued(claims(house.psk()).confirmation(other)), "4.01");
        }

        @Test
        void mustNotBeMissing() throws Exception {
            assertRefused(house.rpk(), issued(claims(house.rpk())), "4.01");
        }
    }

    @Nested
    class AlgorithmConfusion {
        @Test
        void withTheIssuersPublicKeyAsAMacKeyIsRefused() throws Exception {
            assertRefused(house.rpk(), macedWith(house.issuerKeys().getPublic(), House.ISSUER_NAME), "4.01");
        }

        @Test
        void withTheDevicesPublicKeyAsAMacKeyIsRefused() throws Exception {
            PublicKey key =
                    ((Credential.RawPublicKey) house.rpk().credential()).keys().getPublic();
            assertRefused(house.rpk(), macedWith(key, house.rpk().id()), "4.01");
        }

        @Test
        void withThePreSharedKeyItselfAsAMacKeyIsRefused() throws Exception {
            Credential.PreSharedKey psk = (Credential.PreSharedKey) house.psk().credential();
            byte[] padded = Arrays.copyOf(psk.key().expose(), 64); // an HMAC key that counts as the same
            SigningKey key = SigningKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(padded));
            byte[] token = new CwtIssuer(house.psk().id(), key)
                    .issue(claims(house.psk()).build());
            assertRefused(house.psk(), token, "4.01");
        }

        private byte[] macedWith(PublicKey publicKey, String issuer) throws Exception {
            SecretBytes secret = SecretBytes.copyOf(publicKey.getEncoded());
            SigningKey key = SigningKey.of(CoseAlgorithm.HMAC_256_256, secret);
            return new CwtIssuer(issuer, key)
                    .issue(claims(house.rpk()).confirmation(ownKey(house.rpk())).build());
        }
    }

    @Nested
    class Times {
        @Test
        void beyondTheLeewayAreExpired() throws Exception {
            assertRefused(house.rpk(), expiring(House.CLOCK.instant().minus(LEEWAY)), "4.01");
        }

        @Test
        void ofATokenThatExpiresNowAreExpired() throws Exception {
            assertRefused(house.rpk(), expiring(House.CLOCK.instant()), "4.01");
        }

        @Test
        void toComeAreNotValidYet() throws Exception {
            Clock ahead = Clock.offset(House.CLOCK, LEEWAY.multipliedBy(4));
            byte[] token = new AuthorizationServer(House.ISSUER_NAME, house.issuerKeys(), ahead, House.RANDOM)
                    .tokensFor(house.rpk().id(), house.rpk().credential(), House.GRANT)
                    .token();
            assertRefused(house.rpk(), token, "4.01");
        }

        private byte[] expiring(Instant when) throws Exception {
            return issued(claims(house.rpk())
                    .issuedAt(when.minusSeconds(600))
                    .expiresAt(when)
                    .confirmation(ownKey(house.rpk())));
        }
    }

    @Nested
    class Parties {
        @Test
        void ofAnotherAudienceAreForbidden() throws Exception {
            TokenGrant elsewhere = new TokenGrant("other-gateway", House.BOTH_SCOPES, Duration.ofMinutes(5));
            byte[] token = house.issuer()
                    .tokensFor(house.rpk().id(), house.rpk().credential(), elsewhere)
                    .token();
            assertRefused(house.rpk(), token, "4.03");
        }

        @Test
        void thatNobodyKnowsAreRefused() throws Exception {
            assertRefused(house.rpk(), of("coaps://unknown.example", house.issuerKeys()), "4.01");
        }

        @Test
        void withTheNameOfATrustedIssuerAndAnotherKeyAreRefused() throws Exception {
            assertRefused(house.rpk(), of(House.ISSUER_NAME, KeyPairs.p256(House.RANDOM)), "4.01");
        }

        private byte[] of(String name, KeyPair keys) {
            return new AuthorizationServer(name, keys, House.CLOCK, House.RANDOM)
                    .tokensFor(house.rpk().id(), house.rpk().credential(), House.GRANT)
                    .token();
        }
    }

    @Nested
    class Requests {
        @Test
        void withoutATokenAreToldWhatToAskFor() throws Exception {
            try (SimulatedDevice device = house.start(house.rpk())) {
                Answer answer = House.await(device.request(post()));
                assertThat(answer.code()).isEqualTo("4.01");
                CreationHints hints = CreationHints.decode(answer.payload()); // RFC 9200 §5.3
                assertThat(hints.audience()).contains(GatewaySetup.AUDIENCE);
                assertThat(hints.scope()).contains(GatewaySetup.WRITE_SCOPE);
            }
        }

        @Test
        void beyondTheTokensScopeAreForbidden() throws Exception {
            TokenGrant readOnly = new TokenGrant(GatewaySetup.AUDIENCE, GatewaySetup.READ_SCOPE, Duration.ofMinutes(5));
            try (SimulatedDevice device = house.start(house.rpk())) {
                byte[] token = house.issuer()
                        .tokensFor(house.rpk().id(), house.rpk().credential(), readOnly)
                        .token();
                assertThat(House.await(device.uploadToken(token)).code()).isEqualTo("2.01");
                assertThat(House.await(device.request(post())).code()).isIn("4.03", "4.05"); // RFC 9200 §5.10.2
            }
        }

        @Test
        void onANewSessionNeedANewUpload() throws Exception {
            try (SimulatedDevice device = house.start(house.rpk())) {
                assertThat(House.await(device.uploadToken(
                                        House.selfIssued(house.rpk()).token()))
                                .code())
                        .isEqualTo("2.01");
            }
            try (SimulatedDevice device = house.start(house.rpk())) {
                assertThat(House.await(device.request(post())).code()).isEqualTo("4.01");
            }
        }

        @Test
        void forPathsThatDoNotExistAreNotFound() throws Exception {
            try (SimulatedDevice device = house.start(house.psk())) {
                assertThat(House.await(device.request(DeviceRequest.get("/elsewhere")))
                                .code())
                        .isEqualTo("4.04");
            }
        }
    }

    private void assertRefused(DeviceProfile profile, byte[] token, String code) throws Exception {
        try (SimulatedDevice device = house.start(profile)) {
            assertThat(House.await(device.uploadToken(token)).code()).isEqualTo(code);
            assertThat(House.await(device.request(post())).code()).isEqualTo("4.01");
        }
    }

    /** What a token needs, apart from a confirmation. */
    private static CwtClaims.Builder claims(DeviceProfile profile) {
        byte[] cti = new byte[8];
        House.RANDOM.nextBytes(cti);
        Instant now = House.CLOCK.instant();
        return CwtClaims.builder()
                .subject(profile.id())
                .audience(GatewaySetup.AUDIENCE)
                .scope(House.BOTH_SCOPES)
                .issuedAt(now)
                .expiresAt(now.plusSeconds(600))
                .id(CwtId.of(cti));
    }

    private static Confirmation ownKey(DeviceProfile profile) throws Exception {
        return Confirmation.of(CoseKey.ofPublicKey(
                ((Credential.RawPublicKey) profile.credential()).keys().getPublic()));
    }

    /** Signed by the trusted authorization server. */
    private byte[] issued(CwtClaims.Builder claims) throws Exception {
        SigningKey key = SigningKey.of(CoseAlgorithm.ES256, house.issuerKeys().getPrivate());
        return new CwtIssuer(House.ISSUER_NAME, key).issue(claims.build());
    }

    private static DeviceRequest post() {
        return DeviceRequest.post(House.TOKEN_PATH, new byte[] {1}, 42);
    }
}
