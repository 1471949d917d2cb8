package io.coapgate.gateway.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceError;
import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.IssuerDecryptionKey;
import io.coapgate.crypto.cwt.IssuerKeys;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.authz.Tables;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.token.MutableClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The token endpoint by the plan of the ACE working group's interop tests, part 1, with the code points of RFC 9200 and
 * RFC 9201: names and keys are the plan's. Test 1.1, without client authentication, is a handshake that fails.
 */
class TokenInteropTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final SecretBytes RS1_KEY = SecretBytes.copyOf(HEX.parseHex("a1a2a30405060708090a0b0c0d0e0f10"));
    private static final SecretBytes RS2_KEY = SecretBytes.copyOf(HEX.parseHex("b1b2b30405060708090a0b0c0d0e0f10"));
    private static final String CLIENT_3 = "12d6e8c4d28f83110a57d253373cad52f01bc447e4093541f643b385e179c110";
    private static final String CLIENT_3_Y = "283b3d8d28ffa59fe5cb540412a750fa8dfa34f6da69bcda68400d679c1347e8";
    private static final String RS2_X = "73b7d755827d5d59d73fd4015d47b445762f7cdb59799cd966714ab2727f1ba5";
    private static final String RS2_Y = "1a84f5c82797643d33f7e6e6afcf016522238ce430e1bf21a218e6b4deeac37a";

    /** {@code {1: 2, 3: -7, -1: 1, -2: x, -3: y}}, as the plan writes it. */
    private static final String CLIENT_3_KEY = "a5010203262001215820" + CLIENT_3 + "225820" + CLIENT_3_Y;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final AuthorizationServer server = new AuthorizationServer(
            new TokenPolicy("AS", List.of(audience("RS1", RS1_KEY, Optional.empty()), rs2()), Tables.temp()),
            AuthorizationServers.RING,
            AuthorizationServers.NAMING_KEY,
            clock,
            new SecureRandom(),
            IssuanceListener.NONE);
    private final AuthenticatedDevice client1 = psk("client1", "");
    private final AuthenticatedDevice client2 = psk("client2", "HelloWorld");
    private final AuthenticatedDevice client3 = rpk("client3", "HelloWorld");
    private final AuthenticatedDevice client4 = psk("client4", "HelloWorld r_Lock");

    private static TokenAudience rs2() {
        return audience("RS2", RS2_KEY, Optional.of(key("a401022001215820" + RS2_X + "225820" + RS2_Y)));
    }

    private static TokenAudience audience(String name, SecretBytes secret, Optional<CoseKey> serverKey) {
        try {
            EncryptionKey key =
                    EncryptionKey.of(CoseAlgorithm.AES_CCM_16_64_128, secret).withKeyId(KeyId.ofUtf8(name));
            return new TokenAudience(
                    name,
                    ScopeSet.of("HelloWorld", "r_Lock", "rw_Lock"),
                    Duration.ofHours(1),
                    new TokenProtection.Encrypted(key),
                    serverKey);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static CoseKey key(String hex) {
        try {
            return CoseKey.decode(HEX.parseHex(hex));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private AuthenticatedDevice psk(String name, String scopes) {
        return Devices.authenticated(Devices.device(name, scopes, Devices.psk(name, Validity.ALWAYS)), clock);
    }

    private AuthenticatedDevice rpk(String name, String scopes) {
        return Devices.authenticated(
                Devices.device(
                        name, scopes, Devices.rpk(key(CLIENT_3_KEY).publicKey().orElseThrow())),
                clock);
    }

    private TokenOutcome ask(AuthenticatedDevice client, String... parameters) throws AceFormatException {
        String map = HEX.toHexDigits((byte) (0xa0 + parameters.length)) + String.join("", parameters);
        return server.grant(AccessTokenRequest.decode(HEX.parseHex(map), 1024), client);
    }

    private static String grantType(int type) {
        return "18210" + type;
    }

    private static String scope(String text) {
        return "09" + text(text);
    }

    private static String audience(String name) {
        return "05" + text(name);
    }

    private static String text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return HEX.toHexDigits((byte) (0x60 + utf8.length)) + HEX.formatHex(utf8);
    }

    private static void assertError(AceError error, TokenOutcome outcome) {
        assertThat(((TokenOutcome.Refused) outcome).error()).contains(error);
    }

    private static AccessTokenResponse response(TokenOutcome outcome) {
        return ((TokenOutcome.Issued) outcome).response();
    }

    private VerifiedCwt decrypted(String audience, SecretBytes secret, AccessTokenResponse response) throws Exception {
        DecryptionKey key =
                DecryptionKey.of(CoseAlgorithm.AES_CCM_16_64_128, secret).withKeyId(KeyId.ofUtf8(audience));
        return new CwtVerifier(CwtPolicy.forAudience(audience), clock).verify(response.accessToken(), new IssuerKeys() {
            @Override
            public List<VerificationKey> keysOf(String issuer) {
                return List.of();
            }

            @Override
            public List<IssuerDecryptionKey> decryptionKeys() {
                return List.of(new IssuerDecryptionKey("AS", key));
            }
        });
    }

    /** 1.2; random bytes are {@code invalid_request}, here as with any other client. */
    @Test
    void aClientThatMayHaveNothingIsUnauthorized() throws Exception {
        assertError(AceError.UNAUTHORIZED_CLIENT, ask(client1, audience("RS1")));
    }

    /** 1.3 wants {@code invalid_request} where no audience is the default; here the first one always is. */
    @Test
    void aRequestWithoutAudienceMeansTheFirst() throws Exception {
        TokenOutcome outcome = ask(client2, grantType(2), scope("HelloWorld"));
        assertThat(((TokenOutcome.Issued) outcome).token().audience()).isEqualTo("RS1");
    }

    /** 1.4. */
    @Test
    void theGrantTypePasswordIsNotSupported() throws Exception {
        assertError(AceError.UNSUPPORTED_GRANT_TYPE, ask(client2, grantType(0), scope("HelloWorld"), audience("RS1")));
    }

    /** 1.5. */
    @Test
    void anUnknownScopeIsInvalid() throws Exception {
        assertError(AceError.INVALID_SCOPE, ask(client2, grantType(2), scope("test"), audience("RS1")));
    }

    /** 1.6. */
    @Test
    void aTokenForASymmetricKeyIsEncryptedForTheServerAndTheClientLearnsTheKey() throws Exception {
        AccessTokenResponse response =
                response(ask(client2, grantType(2), scope("HelloWorld"), audience("RS1"), "1826f6"));
        VerifiedCwt token = decrypted("RS1", RS1_KEY, response);
        assertThat(token.claims().audience()).containsExactly("RS1");
        assertThat(token.claims().scope()).contains("HelloWorld");
        CoseKey confirmed = ((Confirmation.OfKey) token.confirmation().orElseThrow()).key();
        assertThat(confirmed.secret().orElseThrow().length()).isEqualTo(16);
        assertThat(((Confirmation.OfKey) response.key().orElseThrow()).key().secret())
                .isEqualTo(confirmed.secret());
        assertThat(response.profile()).hasValue(1);
        assertThat(response.scope()).isEmpty();
    }

    /** 1.7. */
    @Test
    void aSymmetricKeyOfTheClientsOwnMakingIsInvalid() throws Exception {
        String key = "a301040246" + "91ecb5cb5dbc" + "2050" + "6162630405060708090a0b0c0d0e0f10";
        assertError(
                AceError.INVALID_REQUEST,
                ask(client2, grantType(2), scope("HelloWorld"), audience("RS1"), "04a101" + key));
    }

    /** 1.8 wants {@code invalid_request} where no scope is the default; here all that the client may have is. */
    @Test
    void aRequestWithoutScopeMeansAllThatTheClientMayHave() throws Exception {
        assertThat(response(ask(client3, grantType(2), audience("RS2"))).scope())
                .contains(AceScope.of("HelloWorld"));
    }

    /** 1.9. */
    @Test
    void aPublicKeyIsNotSupportedByAServerThatHasNone() throws Exception {
        assertError(
                AceError.UNSUPPORTED_POP_KEY,
                ask(client3, grantType(2), scope("HelloWorld"), audience("RS1"), "04a101" + CLIENT_3_KEY));
    }

    /** 1.10. */
    @Test
    void aTokenForAPublicKeyCarriesItAndTheClientLearnsTheServers() throws Exception {
        AccessTokenResponse response =
                response(ask(client3, grantType(2), scope("HelloWorld"), audience("RS2"), "04a101" + CLIENT_3_KEY));
        VerifiedCwt token = decrypted("RS2", RS2_KEY, response);
        CoseKey confirmed = ((Confirmation.OfKey) token.confirmation().orElseThrow()).key();
        assertThat(confirmed.publicKey()).isEqualTo(key(CLIENT_3_KEY).publicKey());
        CoseKey servers = ((Confirmation.OfKey) response.serverKey().orElseThrow()).key();
        assertThat(HEX.formatHex(servers.encode())).contains(RS2_X, RS2_Y);
    }

    /** 1.11. */
    @Test
    void aScopeThatTheClientMayNotHaveIsInvalid() throws Exception {
        assertError(AceError.INVALID_SCOPE, ask(client4, grantType(2), scope("rw_Lock"), audience("RS1")));
    }

    /** 1.12. */
    @Test
    void ofTwoScopesTheClientGetsTheOneThatItMayHaveAndIsToldSo() throws Exception {
        AccessTokenResponse response = response(ask(client4, grantType(2), scope("r_Lock rw_Lock"), audience("RS1")));
        assertThat(response.scope()).contains(AceScope.of("r_Lock"));
        assertThat(decrypted("RS1", RS1_KEY, response).claims().scope()).contains("r_Lock");
    }
}
