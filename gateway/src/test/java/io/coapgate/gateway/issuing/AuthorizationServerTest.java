package io.coapgate.gateway.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceError;
import io.coapgate.crypto.ace.AceProfile;
import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.ace.Aif;
import io.coapgate.crypto.ace.Aif.Permission;
import io.coapgate.crypto.ace.DtlsKeyDerivation;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.IssuerDecryptionKey;
import io.coapgate.crypto.cwt.IssuerKeys;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.token.MutableClock;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 9200 §5.8 and RFC 9202 §3. */
class AuthorizationServerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PreSharedKey PSK = Devices.psk("id1", Validity.ALWAYS);
    private static final KeyPair KEYS = Devices.p256();

    private final MutableClock clock = new MutableClock(NOW);
    private final List<IssuedToken> heard = new ArrayList<>();
    private final AuthorizationServer server = AuthorizationServers.server(clock, heard::add);
    private final AuthenticatedDevice psk = Devices.authenticated(Devices.device("d1", "read open", PSK), clock);
    private final AuthenticatedDevice rpk =
            Devices.authenticated(Devices.device("d2", "read open", Devices.rpk(KEYS.getPublic())), clock);

    private static AccessTokenRequest.Builder request() {
        return AccessTokenRequest.builder();
    }

    private AccessTokenResponse issued(AccessTokenRequest.Builder request, AuthenticatedDevice client) {
        TokenOutcome outcome = server.grant(request.build(), client);
        assertThat(outcome).isInstanceOf(TokenOutcome.Issued.class);
        return ((TokenOutcome.Issued) outcome).response();
    }

    private void refused(AceError error, Refusal reason, AccessTokenRequest.Builder request, AuthenticatedDevice from) {
        TokenOutcome.Refused refused = (TokenOutcome.Refused) server.grant(request.build(), from);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.error()).contains(error);
        assertThat(heard).isEmpty();
    }

    private VerifiedCwt verified(AccessTokenResponse response, String audience, IssuerKeys keys) throws Exception {
        return new CwtVerifier(CwtPolicy.forAudience(audience), clock).verify(response.accessToken(), keys);
    }

    private VerifiedCwt verifiedByGateway(AccessTokenResponse response) throws Exception {
        return verified(
                response, Cwts.GATEWAY, issuer -> AuthorizationServers.trusted().verificationKeys());
    }

    private static Confirmation named(KeyId id) {
        return Confirmation.of(id);
    }

    private static CoseKey coseKey(KeyPair keys) throws Exception {
        return CoseKey.ofPublicKey(keys.getPublic());
    }

    @Nested
    class ForTheGatewayItself {

        @Test
        void theTokenSaysWhoMayDoWhatUntilWhen() throws Exception {
            VerifiedCwt token = verifiedByGateway(issued(request(), psk));
            assertThat(token.issuer()).isEqualTo(AuthorizationServers.ISSUER);
            assertThat(token.algorithm()).contains(CoseAlgorithm.HMAC_256_64);
            assertThat(token.claims().subject()).contains("d1");
            assertThat(token.claims().audience()).containsExactly(Cwts.GATEWAY);
            assertThat(token.claims().scope()).contains("read");
            assertThat(token.claims().issuedAt()).contains(NOW);
            assertThat(token.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
            assertThat(token.claims().id()).isPresent();
            assertThat(token.claims().cnonce()).isEmpty();
        }

        @Test
        void aSymmetricKeyIsDerivedFromTheTokenAndOnlyTheClientIsToldIt() throws Exception {
            AccessTokenResponse response = issued(request(), psk);
            CoseKey told = ((Confirmation.OfKey) response.key().orElseThrow()).key();
            VerifiedCwt token = verifiedByGateway(response);
            assertThat(token.confirmation()).contains(named(told.keyId().orElseThrow()));
            SecretBytes derivationKey =
                    AuthorizationServers.RING.derivationKey(token.keyId()).orElseThrow();
            assertThat(told.secret()).contains(DtlsKeyDerivation.derive(derivationKey, response.accessToken()));
            assertThat(response.expiresIn()).contains(Duration.ofHours(1));
        }

        @Test
        void everyTokenHasAKeyAndANameOfItsOwn() {
            Confirmation first = issued(request(), psk).key().orElseThrow();
            Confirmation second = issued(request(), psk).key().orElseThrow();
            assertThat(first).isNotEqualTo(second);
            assertThat(heard).extracting(IssuedToken::id).doesNotHaveDuplicates();
        }

        /** Who names the key that the session has needs no other: the smallest token, and the smallest answer. */
        @Test
        void theSessionsPreSharedKeyServesIfTheClientNamesIt() throws Exception {
            Confirmation own = named(KeyId.ofUtf8("id1"));
            AccessTokenResponse response = issued(request().requestedKey(own), psk);
            assertThat(verifiedByGateway(response).confirmation()).contains(own);
            assertThat(response.key()).contains(own);
            assertThat(response.accessToken()).hasSizeLessThan(90);
        }

        @Test
        void aKeyThatTheClientWasGivenServesAgain() throws Exception {
            CoseKey given = ((Confirmation.OfKey) issued(request(), psk).key().orElseThrow()).key();
            Confirmation again = named(given.keyId().orElseThrow());
            AccessTokenResponse response = issued(request().requestedKey(again), psk);
            assertThat(verifiedByGateway(response).confirmation()).contains(again);
            assertThat(response.key()).contains(again);
        }

        @Test
        void thePublicKeyOfTheSessionIsNamedByItsThumbprint() throws Exception {
            Confirmation own = named(KeyId.of(coseKey(KEYS).thumbprint().bytes()));
            for (AccessTokenRequest.Builder asked : List.of(
                    request(),
                    request().requestedKey(own),
                    request().requestedKey(Confirmation.of(coseKey(KEYS).withKeyId(KeyId.ofUtf8("mine")))))) {
                AccessTokenResponse response = issued(asked, rpk);
                assertThat(verifiedByGateway(response).confirmation()).contains(own);
                assertThat(response.key()).isEmpty();
                assertThat(response.serverKey()).isEmpty();
            }
        }

        @Test
        void theNonceOfTheResourceServerIsCopied() throws Exception {
            byte[] nonce = {1, 2, 3};
            VerifiedCwt token = verifiedByGateway(issued(request().cnonce(nonce), psk));
            assertThat(token.claims().cnonce()).contains(nonce);
        }

        @Test
        void noTokenOutlivesTheCredential() throws Exception {
            Validity minutes = new Validity(Instant.MIN, NOW.plus(Duration.ofMinutes(5)));
            AuthenticatedDevice brief =
                    Devices.authenticated(Devices.device("d3", "read", Devices.psk("id3", minutes)), clock);
            AccessTokenResponse response = issued(request(), brief);
            assertThat(response.expiresIn()).contains(Duration.ofMinutes(5));
            assertThat(verifiedByGateway(response).expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        }

        @Test
        void theProfileIsToldToThoseWhoAsk() {
            assertThat(issued(request(), psk).profile()).isEmpty();
            assertThat(issued(request().profile(AceProfile.COAP_DTLS), psk).profile())
                    .isEmpty();
            assertThat(issued(request().askForProfile(), psk).profile())
                    .isEqualTo(OptionalInt.of(AceProfile.COAP_DTLS));
        }

        /** Eight bytes of MAC, a short kid, abbreviated claims, and nothing that the gateway knows already. */
        @Test
        void aTokenForTheGatewayIsShort() {
            int names = AuthorizationServers.ISSUER.length() + "d1".length() + Cwts.GATEWAY.length() + "read".length();
            byte[] token = issued(request().requestedKey(Confirmation.of(KeyId.ofUtf8("id1"))), psk)
                    .accessToken();
            assertThat(token.length - names).isLessThanOrEqualTo(80);
            assertThat(token[token.length - 9]).as("a byte string of 8").isEqualTo((byte) 0x48);
        }

        @Test
        void whoListensHearsWhatWasIssued() {
            AccessTokenResponse response = issued(request().scope(AceScope.of("read")), psk);
            assertThat(heard).singleElement().satisfies(token -> {
                assertThat(token.subject()).isEqualTo(psk.id());
                assertThat(token.audience()).isEqualTo(Cwts.GATEWAY);
                assertThat(token.scope()).isEqualTo(AceScope.of("read"));
                assertThat(token.issuedAt()).isEqualTo(NOW);
                assertThat(token.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
                assertThat(token.responseBytes()).isEqualTo(response.encode().length);
                assertThat(token.fitsOneDatagram()).isTrue();
            });
        }
    }

    @Nested
    class Scopes {

        @Test
        void areToldIfTheyDifferFromWhatWasAskedFor() {
            assertThat(issued(request(), psk).scope()).contains(AceScope.of("read"));
            assertThat(issued(request().scope(AceScope.of("read")), psk).scope())
                    .isEmpty();
            assertThat(issued(request().scope(AceScope.of("read write")), psk).scope())
                    .contains(AceScope.of("read"));
        }

        @Test
        void areAtMostThoseThatTheRegistryGivesTheDevice() {
            refused(AceError.INVALID_SCOPE, Refusal.GRANT_SCOPE, request().scope(AceScope.of("write")), psk);
        }

        @Test
        void areAtMostThoseThatTheAudienceKnows() {
            refused(AceError.INVALID_SCOPE, Refusal.GRANT_SCOPE, request().scope(AceScope.of("open")), psk);
            assertThat(issued(request().audience("deriving").scope(AceScope.of("open")), psk)
                            .scope())
                    .isEmpty();
        }

        @Test
        void thatAreNoneOrMisspeltAreRefused() {
            for (String scope : List.of("", " ", "read  read", "\"", "unknown")) {
                refused(AceError.INVALID_SCOPE, Refusal.GRANT_SCOPE, request().scope(AceScope.of(scope)), psk);
            }
        }

        /** RFC 9237. */
        @Test
        void mayNameMethodsOnSingleResources() throws Exception {
            AceScope asked = aif(new Permission("/temp/a", 1));
            AccessTokenResponse response = issued(request().scope(asked), psk);
            assertThat(response.scope()).isEmpty();
            assertThat(verifiedByGateway(response).claims().scopeBytes()).contains(((AceScope.OfBytes) asked).bytes());
        }

        @Test
        void onSingleResourcesAreCutToWhatTheRoutesAskOfTheDevice() {
            AceScope asked = aif(new Permission("/temp/a", 7), new Permission("/temp/b", 2), new Permission("/c", 1));
            assertThat(issued(request().scope(asked), psk).scope()).contains(aif(new Permission("/temp/a", 1)));
            heard.clear();
            AceScope nothing = aif(new Permission("/temp/a", 2));
            refused(AceError.INVALID_SCOPE, Refusal.GRANT_SCOPE, request().scope(nothing), psk);
            refused(AceError.INVALID_SCOPE, Refusal.GRANT_SCOPE, request().scope(aif()), psk);
        }

        @Test
        void onSingleResourcesAreUnderstoodByTheGatewayOnly() {
            AccessTokenRequest.Builder asked = request().audience("deriving").scope(aif(new Permission("/temp/a", 1)));
            refused(AceError.INVALID_SCOPE, Refusal.GRANT_SCOPE, asked, psk);
        }

        private static AceScope aif(Permission... permissions) {
            return AceScope.of(new Aif(List.of(permissions)).encode());
        }

        @Test
        void inBytesThatNobodyUnderstandsAreRefused() {
            refused(AceError.INVALID_SCOPE, Refusal.GRANT_SCOPE, request().scope(AceScope.of(new byte[] {1})), psk);
        }

        @Test
        void ofADeviceWithoutAnyMakeItUnauthorized() {
            AuthenticatedDevice idle = Devices.authenticated(Devices.device("d9", "", PSK), clock);
            refused(AceError.UNAUTHORIZED_CLIENT, Refusal.GRANT_UNAUTHORIZED, request(), idle);
        }
    }

    @Nested
    class Requests {

        @Test
        void ofAnotherClientAreRefused() {
            refused(AceError.INVALID_CLIENT, Refusal.GRANT_CLIENT, request().clientId("d2"), psk);
            assertThat(issued(request().clientId("d1"), psk)).isNotNull();
        }

        @Test
        void withASecondAuthenticationAreRefused() {
            AccessTokenRequest.Builder asked = request().clientSecret(SecretBytes.copyOf(new byte[] {1}));
            refused(AceError.INVALID_REQUEST, Refusal.GRANT_MALFORMED, asked, psk);
        }

        @Test
        void ofAnotherGrantTypeAreRefused() {
            refused(
                    AceError.UNSUPPORTED_GRANT_TYPE,
                    Refusal.GRANT_TYPE,
                    request().grantType(0),
                    psk);
        }

        @Test
        void forAnUnknownAudienceAreRefused() {
            refused(AceError.INVALID_REQUEST, Refusal.GRANT_AUDIENCE, request().audience("nobody"), psk);
        }

        @Test
        void ofAnotherProfileAreRefused() {
            refused(
                    AceError.INCOMPATIBLE_ACE_PROFILES,
                    Refusal.GRANT_PROFILE,
                    request().profile(2),
                    psk);
        }

        @Test
        void ofAWithdrawnDeviceAreRefused() throws Exception {
            SnapshotDeviceRegistry registry = Devices.registry(Devices.device("d1", "read", PSK));
            AuthenticatedDevice device = Devices.authenticated(Devices.device("d1", "read", PSK), registry, clock);
            registry.replace(List.of());
            refused(AceError.INVALID_CLIENT, Refusal.DEVICE_REVOKED, request(), device);
        }
    }

    @Nested
    class Keys {

        @Test
        void thatTheSessionDoesNotProveAreRefused() throws Exception {
            AccessTokenRequest.Builder others = request().requestedKey(Confirmation.of(coseKey(Devices.p256())));
            refused(AceError.INVALID_REQUEST, Refusal.GRANT_KEY_UNPROVEN, others, rpk);
            AccessTokenRequest.Builder own = request().requestedKey(Confirmation.of(coseKey(KEYS)));
            refused(AceError.INVALID_REQUEST, Refusal.GRANT_KEY_UNPROVEN, own, psk);
        }

        @Test
        void thatTheClientMadeUpAreRefused() {
            Confirmation symmetric = Confirmation.of(CoseKey.ofSecret(PSK.key()).withKeyId(KeyId.ofUtf8("id1")));
            refused(
                    AceError.INVALID_REQUEST,
                    Refusal.GRANT_KEY_UNPROVEN,
                    request().requestedKey(symmetric),
                    psk);
            refused(
                    AceError.INVALID_REQUEST,
                    Refusal.GRANT_KEY_UNPROVEN,
                    request().requestedKey(symmetric),
                    rpk);
        }

        @Test
        void thatTheClientNamesAndNeverHadAreRefused() {
            for (String name : List.of("id2", "nothing like the names given out")) {
                Confirmation unknown = named(KeyId.ofUtf8(name));
                refused(
                        AceError.UNSUPPORTED_POP_KEY,
                        Refusal.GRANT_KEY,
                        request().requestedKey(unknown),
                        psk);
                refused(
                        AceError.UNSUPPORTED_POP_KEY,
                        Refusal.GRANT_KEY,
                        request().requestedKey(unknown),
                        rpk);
            }
        }

        /** Binding: what one device was given another can't go on with, nor the same one somewhere else. */
        @Test
        void thatWereGivenToAnotherDeviceOrForAnotherAudienceAreRefused() {
            CoseKey given = ((Confirmation.OfKey) issued(request(), psk).key().orElseThrow()).key();
            AccessTokenRequest.Builder again =
                    request().requestedKey(named(given.keyId().orElseThrow()));
            heard.clear();
            AuthenticatedDevice other = Devices.authenticated(
                    Devices.device("d7", "read open", Devices.psk("id7", Validity.ALWAYS)), clock);
            refused(AceError.UNSUPPORTED_POP_KEY, Refusal.GRANT_KEY, again, other);
            refused(AceError.UNSUPPORTED_POP_KEY, Refusal.GRANT_KEY, again.audience("deriving"), psk);
        }

        @Test
        void thatOnlyTheGatewayKnowsServeNobodyElse() {
            AccessTokenRequest.Builder asked = request().audience("deriving").requestedKey(named(KeyId.ofUtf8("id1")));
            refused(AceError.UNSUPPORTED_POP_KEY, Refusal.GRANT_KEY, asked, psk);
        }

        @Test
        void thatTheAudienceCannotUseAreRefused() {
            refused(AceError.UNSUPPORTED_POP_KEY, Refusal.GRANT_KEY, request().audience("deriving"), rpk);
            refused(AceError.UNSUPPORTED_POP_KEY, Refusal.GRANT_KEY, request().audience("maced"), psk);
            refused(AceError.UNSUPPORTED_POP_KEY, Refusal.GRANT_KEY, request().audience("signed"), psk);
        }
    }

    @Nested
    class ForOthers {

        @Test
        void aSignedTokenCarriesTheClientsKeyAndTheClientLearnsTheServers() throws Exception {
            AccessTokenResponse response = issued(request().audience("signed"), rpk);
            VerificationKey key =
                    VerificationKey.of(CoseAlgorithm.ES256, AuthorizationServers.SIGNATURE_KEYS.getPublic());
            VerifiedCwt token = verified(response, "signed", issuer -> List.of(key));
            CoseKey confirmed = ((Confirmation.OfKey) token.confirmation().orElseThrow()).key();
            assertThat(confirmed.publicKey()).contains(KEYS.getPublic());
            assertThat(token.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
            assertThat(((Confirmation.OfKey) response.serverKey().orElseThrow())
                            .key()
                            .publicKey())
                    .contains(AuthorizationServers.SERVER_KEYS.getPublic());
        }

        @Test
        void aServerThatSharesADerivationKeyDerivesTheClientsKey() throws Exception {
            AccessTokenResponse response = issued(request().audience("deriving"), psk);
            VerificationKey key = VerificationKey.of(CoseAlgorithm.HMAC_256_256, AuthorizationServers.SHARED);
            VerifiedCwt token = verified(response, "deriving", issuer -> List.of(key));
            CoseKey told = ((Confirmation.OfKey) response.key().orElseThrow()).key();
            assertThat(token.confirmation()).contains(named(told.keyId().orElseThrow()));
            assertThat(told.secret())
                    .contains(DtlsKeyDerivation.derive(AuthorizationServers.DERIVATION, response.accessToken()));
        }

        @Test
        void anEncryptedTokenCarriesTheClientsSymmetricKey() throws Exception {
            AccessTokenResponse response = issued(request().audience("encrypted"), psk);
            VerifiedCwt token = verified(response, "encrypted", decrypting());
            CoseKey confirmed = ((Confirmation.OfKey) token.confirmation().orElseThrow()).key();
            CoseKey told = ((Confirmation.OfKey) response.key().orElseThrow()).key();
            assertThat(confirmed.secret()).isPresent().isEqualTo(told.secret());
            assertThat(confirmed.keyId()).isPresent().isEqualTo(told.keyId());
            assertThat(response.serverKey()).isEmpty();
        }

        @Test
        void theGatewayTakesNoTokenThatIsForSomebodyElse() {
            AccessTokenResponse response = issued(request().audience("signed"), rpk);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> verifiedByGateway(response))
                    .hasMessageContaining("not for this recipient");
        }

        private static IssuerKeys decrypting() throws Exception {
            DecryptionKey key = DecryptionKey.of(CoseAlgorithm.AES_CCM_16_64_128, AuthorizationServers.CIPHER);
            return new IssuerKeys() {
                @Override
                public List<VerificationKey> keysOf(String issuer) {
                    return List.of();
                }

                @Override
                public List<IssuerDecryptionKey> decryptionKeys() {
                    return List.of(new IssuerDecryptionKey(AuthorizationServers.ISSUER, key));
                }
            };
        }
    }

    @Test
    void keysAreOfTheRightKind() {
        assertThatIllegalArgumentException().isThrownBy(() -> IssuerKey.ofSecret(SecretBytes.copyOf(new byte[31])));
        assertThatIllegalArgumentException().isThrownBy(() -> IssuerKey.ofKeyPair(Devices.ed25519()));
        IssuerKey signature = IssuerKey.ofKeyPair(KEYS);
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedKeyRing(signature, signature));
        assertThat(IssuerKey.ofSecret(AuthorizationServers.MAC_SECRET).toString())
                .doesNotContain("0200");
    }
}
