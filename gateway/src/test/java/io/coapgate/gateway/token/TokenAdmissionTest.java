package io.coapgate.gateway.token;

import static io.coapgate.gateway.token.Cwts.claims;
import static io.coapgate.gateway.token.Cwts.confirmation;
import static io.coapgate.gateway.token.Cwts.id;
import static io.coapgate.gateway.token.Cwts.issuedByAs;
import static io.coapgate.gateway.token.Cwts.selfIssued;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.Aif;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TokenAdmissionTest {
    private static final KeyPair KEYS = Devices.p256();
    private static final KeyPair OTHER_KEYS = Devices.p256();
    private static final PreSharedKey PSK = Devices.psk("psk-id", Validity.ALWAYS);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final SessionTokens sessions = new SessionTokens(clock, 2, 100);
    private final TokenAdmission admission = new TokenAdmission(Cwts.settings(), Cwts.KNOWN_SCOPES, sessions, clock);
    private final AuthenticatedDevice rpkDevice =
            Devices.authenticated(Devices.device("rpk-1", "read", Devices.rpk(KEYS.getPublic())), clock);
    private final AuthenticatedDevice otherDevice =
            Devices.authenticated(Devices.device("rpk-2", "read", Devices.rpk(OTHER_KEYS.getPublic())), clock);
    private final AuthenticatedDevice pskDevice = Devices.authenticated(Devices.device("psk-1", "read", PSK), clock);

    private Instant now() {
        return clock.instant();
    }

    private List<VerifiedCwt> held(AuthenticatedDevice device) {
        return sessions.validAt(device.session(), now());
    }

    private void assertRefused(AuthenticatedDevice device, byte[] token, Refusal reason) {
        assertRefused(admission, device, token, reason);
    }

    private void assertRefused(TokenAdmission by, AuthenticatedDevice device, byte[] token, Refusal reason) {
        assertThatThrownBy(() -> by.admit(device, token))
                .isInstanceOfSatisfying(
                        TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(held(device)).isEmpty();
    }

    @Test
    void aScopeOfMethodsOnResourcesIsTakenIfItNamesSome() throws Exception {
        byte[] temp = new Aif(List.of(new Aif.Permission("/temp", 1))).encode();
        assertRefused(rpkDevice, issuedByAs(ofResources(new byte[] {1})), Refusal.TOKEN_SCOPE);
        assertRefused(rpkDevice, issuedByAs(ofResources(new Aif(List.of()).encode())), Refusal.TOKEN_SCOPE);
        admission.admit(rpkDevice, issuedByAs(ofResources(temp)));
        assertThat(held(rpkDevice)).hasSize(1);
    }

    private CwtClaims ofResources(byte[] scope) {
        return claims(now(), "read")
                .confirmation(Cwts.confirmation(KEYS.getPublic()))
                .scopeBytes(scope)
                .build();
    }

    /** Tokens that come encrypted, and keys in cnf that do. */
    @Nested
    class Encrypted {
        private static final SecretBytes CIPHER_KEY = SecretBytes.copyOf("0123456789abcdef".getBytes(US_ASCII));

        @Test
        void isAdmittedToTheSessionOfItsKey() throws Exception {
            admitting(Cwts.AS).admit(rpkDevice, encrypted(Cwts.AS, bound()));
            assertThat(held(rpkDevice)).hasSize(1);
        }

        @Test
        void isRefusedOnAnyOtherSession() {
            byte[] token = encrypted(Cwts.AS, bound());
            assertRefused(admitting(Cwts.AS), otherDevice, token, Refusal.TOKEN_BINDING);
        }

        @Test
        void isRefusedWhereTheServerSharesNoKey() {
            assertRefused(rpkDevice, encrypted(Cwts.AS, bound()), Refusal.TOKEN_KEY_UNKNOWN);
        }

        @Test
        void signedInsideIsAdmittedToo() throws Exception {
            byte[] token = new CwtIssuer(Cwts.AS, SigningKey.of(CoseAlgorithm.ES256, Cwts.AS_KEYS.getPrivate()))
                    .encryptedWith(EncryptionKey.of(CoseAlgorithm.A128GCM, CIPHER_KEY), new SecureRandom())
                    .issue(bound());
            admitting(Cwts.AS).admit(rpkDevice, token);
            assertThat(held(rpkDevice)).hasSize(1);
        }

        @Test
        void aPreSharedKeyMayBeConfirmedUnseen() throws Exception {
            CwtClaims claims =
                    claims(now(), "read").confirmation(hidden(PSK.key())).build();
            admitting(Cwts.AS).admit(pskDevice, issuedByAs(claims));
            assertThat(held(pskDevice)).hasSize(1);
        }

        @Test
        void anotherSecretConfirmedUnseenIsRefused() throws Exception {
            Confirmation other = hidden(SecretBytes.copyOf(new byte[16]));
            byte[] token = issuedByAs(claims(now(), "read").confirmation(other).build());
            assertRefused(admitting(Cwts.AS), pskDevice, token, Refusal.TOKEN_BINDING);
            assertRefused(pskDevice, token, Refusal.TOKEN_CLAIMS);
        }

        @Test
        void aServerThatGoesByADevicesNameDoesNotSpeakForTheDevice() {
            byte[] token =
                    encrypted("rpk-1", claims(now(), "read").subject("rpk-1").build());
            assertRefused(admitting("rpk-1"), rpkDevice, token, Refusal.TOKEN_KEY_UNKNOWN);
        }

        private CwtClaims bound() {
            return claims(now(), "read")
                    .confirmation(confirmation(KEYS.getPublic()))
                    .build();
        }

        private static Confirmation hidden(SecretBytes key) throws Exception {
            EncryptionKey with = EncryptionKey.of(CoseAlgorithm.A128GCM, CIPHER_KEY);
            return Confirmation.encrypted(CoseKey.ofSecret(key), with, new SecureRandom());
        }

        private static byte[] encrypted(String issuer, CwtClaims claims) {
            try {
                EncryptionKey key = EncryptionKey.of(CoseAlgorithm.A128GCM, CIPHER_KEY);
                return CwtIssuer.encrypting(issuer, key, new SecureRandom()).issue(claims);
            } catch (CoseException e) {
                throw new IllegalStateException(e);
            }
        }

        private TokenAdmission admitting(String issuer) {
            return new TokenAdmission(
                    Cwts.settingsWith(issuer, CoseAlgorithm.A128GCM, CIPHER_KEY), Cwts.KNOWN_SCOPES, sessions, clock);
        }
    }

    @Nested
    class IssuedByAnAuthorizationServer {
        private final byte[] token = issuedByAs(claims(now(), "read")
                .confirmation(confirmation(KEYS.getPublic()))
                .build());

        @Test
        void isAdmittedToTheSessionOfItsKey() throws Exception {
            admission.admit(rpkDevice, token);
            assertThat(held(rpkDevice)).hasSize(1);
        }

        @Test
        void isRefusedOnAnyOtherSession() {
            assertRefused(otherDevice, token, Refusal.TOKEN_BINDING);
            assertRefused(pskDevice, token, Refusal.TOKEN_BINDING);
        }

        @Test
        void isRefusedWithoutConfirmation() {
            assertRefused(rpkDevice, issuedByAs(claims(now(), "read").build()), Refusal.TOKEN_BINDING);
        }

        @Test
        void confirmsAPreSharedKeyByValueOrByIdentity() throws Exception {
            Confirmation byValue = Confirmation.of(CoseKey.ofSecret(PSK.key()));
            Confirmation byIdentity = Confirmation.of(KeyId.ofUtf8("psk-id"));
            admission.admit(
                    pskDevice,
                    issuedByAs(claims(now(), "read").confirmation(byValue).build()));
            admission.admit(
                    pskDevice,
                    issuedByAs(claims(now(), "write").confirmation(byIdentity).build()));
            assertThat(held(pskDevice)).hasSize(2);
        }

        @Test
        void isRefusedIfItConfirmsAnotherSecretOrIdentity() {
            Confirmation secret = Confirmation.of(CoseKey.ofSecret(SecretBytes.copyOf(new byte[16])));
            Confirmation identity = Confirmation.of(KeyId.ofUtf8("psk-id2"));
            assertRefused(
                    pskDevice,
                    issuedByAs(claims(now(), "read").confirmation(secret).build()),
                    Refusal.TOKEN_BINDING);
            assertRefused(
                    pskDevice,
                    issuedByAs(claims(now(), "read").confirmation(identity).build()),
                    Refusal.TOKEN_BINDING);
        }

        @Test
        void confirmsAPublicKeyByItsThumbprint() throws Exception {
            KeyId thumbprint =
                    KeyId.of(CoseKey.ofPublicKey(KEYS.getPublic()).thumbprint().bytes());
            byte[] byThumbprint = issuedByAs(claims(now(), "read")
                    .confirmation(Confirmation.of(thumbprint))
                    .build());
            assertRefused(otherDevice, byThumbprint, Refusal.TOKEN_BINDING);
            admission.admit(rpkDevice, byThumbprint);
        }

        @Test
        void isRefusedForAnotherAudience() {
            byte[] elsewhere = issuedByAs(CwtClaims.builder()
                    .audience("elsewhere")
                    .expiresAt(now().plusSeconds(60))
                    .scope("read")
                    .confirmation(confirmation(KEYS.getPublic()))
                    .build());
            assertRefused(rpkDevice, elsewhere, Refusal.TOKEN_AUDIENCE);
        }

        @Test
        void isRefusedWhenItEndsNowEvenWithinTheLeeway() {
            byte[] ended = issuedByAs(claims(now().minusSeconds(600), "read")
                    .confirmation(confirmation(KEYS.getPublic()))
                    .build());
            assertRefused(rpkDevice, ended, Refusal.TOKEN_EXPIRED);
        }

        @Test
        void isRefusedWithoutAScopeThatIsKnownHere() {
            Confirmation cnf = confirmation(KEYS.getPublic());
            assertRefused(
                    rpkDevice,
                    issuedByAs(claims(now(), "other").confirmation(cnf).build()),
                    Refusal.TOKEN_SCOPE);
            assertRefused(
                    rpkDevice,
                    issuedByAs(claims(now(), "a  b").confirmation(cnf).build()),
                    Refusal.TOKEN_SCOPE);
        }

        @Test
        void isRefusedFromAnIssuerThatIsNotTrusted() throws Exception {
            byte[] stranger = new CwtIssuer(
                            "coaps://stranger.example", SigningKey.of(CoseAlgorithm.ES256, OTHER_KEYS.getPrivate()))
                    .issue(claims(now(), "read")
                            .confirmation(confirmation(KEYS.getPublic()))
                            .build());
            assertRefused(rpkDevice, stranger, Refusal.TOKEN_ISSUER_UNKNOWN);
        }

        @Test
        void isRefusedWithAnotherKeysSignature() throws Exception {
            byte[] forged = new CwtIssuer(
                            Cwts.AS,
                            SigningKey.of(CoseAlgorithm.ES256, KEYS.getPrivate())
                                    .withKeyId(KeyId.ofUtf8("as-1")))
                    .issue(claims(now(), "read")
                            .confirmation(confirmation(KEYS.getPublic()))
                            .build());
            assertRefused(rpkDevice, forged, Refusal.TOKEN_SIGNATURE);
        }

        @Test
        void isRefusedWhenMacedWithThePublicKeyAsSecret() throws Exception {
            SecretBytes publicBytes =
                    SecretBytes.copyOf(Cwts.AS_KEYS.getPublic().getEncoded());
            byte[] confused = new CwtIssuer(
                            Cwts.AS,
                            SigningKey.of(CoseAlgorithm.HMAC_256_256, publicBytes)
                                    .withKeyId(KeyId.ofUtf8("as-1")))
                    .issue(claims(now(), "read")
                            .confirmation(confirmation(KEYS.getPublic()))
                            .build());
            assertRefused(rpkDevice, confused, Refusal.TOKEN_ALGORITHM);
        }

        @Test
        void isRefusedWhenMalformedOrTooLarge() {
            assertRefused(rpkDevice, new byte[] {1, 2, 3}, Refusal.TOKEN_MALFORMED);
            assertRefused(rpkDevice, new byte[2000], Refusal.TOKEN_TOO_LARGE);
        }
    }

    @Nested
    class SelfIssued {
        @Test
        void isAdmittedFromAPreSharedKey() throws Exception {
            admission.admit(
                    pskDevice,
                    selfIssued(
                            "psk-1",
                            PSK.key(),
                            claims(now(), "read").subject("psk-1").build()));
            assertThat(held(pskDevice)).hasSize(1);
        }

        @Test
        void isAdmittedFromARawPublicKey() throws Exception {
            admission.admit(
                    rpkDevice,
                    selfIssued(
                            "rpk-1",
                            KEYS,
                            claims(now(), "read").subject("rpk-1").build()));
            assertThat(held(rpkDevice)).hasSize(1);
        }

        @Test
        void isAdmittedFromAnEd25519Key() throws Exception {
            KeyPair keys = Devices.ed25519();
            AuthenticatedDevice device =
                    Devices.authenticated(Devices.device("ed-1", "read", Devices.rpk(keys.getPublic())), clock);
            admission.admit(
                    device,
                    selfIssued(
                            "ed-1", keys, claims(now(), "read").subject("ed-1").build()));
            assertThat(held(device)).hasSize(1);
        }

        @Test
        void isRefusedOnAnotherDevicesSession() {
            byte[] token = selfIssued(
                    "rpk-1", KEYS, claims(now(), "read").subject("rpk-1").build());
            assertRefused(otherDevice, token, Refusal.TOKEN_ISSUER_UNKNOWN);
        }

        @Test
        void isRefusedIfOneDeviceSpeaksInAnothersName() {
            byte[] asOther = selfIssued(
                    "rpk-2", KEYS, claims(now(), "read").subject("rpk-2").build());
            assertRefused(rpkDevice, asOther, Refusal.TOKEN_ISSUER_UNKNOWN);
            assertRefused(otherDevice, asOther, Refusal.TOKEN_SIGNATURE);
        }

        @Test
        void isRefusedForAnotherSubjectOrConfirmation() {
            assertRefused(
                    rpkDevice,
                    selfIssued(
                            "rpk-1",
                            KEYS,
                            claims(now(), "read").subject("rpk-2").build()),
                    Refusal.TOKEN_BINDING);
            assertRefused(
                    rpkDevice, selfIssued("rpk-1", KEYS, claims(now(), "read").build()), Refusal.TOKEN_BINDING);
            assertRefused(
                    rpkDevice,
                    selfIssued(
                            "rpk-1",
                            KEYS,
                            claims(now(), "read")
                                    .subject("rpk-1")
                                    .confirmation(confirmation(OTHER_KEYS.getPublic()))
                                    .build()),
                    Refusal.TOKEN_BINDING);
        }

        @Test
        void isRefusedWhereDevicesMayNotIssue() {
            AdmissionSettings settings = Cwts.settings();
            TokenAdmission strict = new TokenAdmission(
                    new AdmissionSettings(settings.policy(), settings.issuers(), false, 2, 100),
                    Cwts.KNOWN_SCOPES,
                    sessions,
                    clock);
            byte[] token = selfIssued(
                    "rpk-1", KEYS, claims(now(), "read").subject("rpk-1").build());
            assertThatThrownBy(() -> strict.admit(rpkDevice, token))
                    .isInstanceOfSatisfying(
                            TokenRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Refusal.TOKEN_ISSUER_UNKNOWN));
        }
    }

    @Nested
    class InASession {
        private final Confirmation cnf = confirmation(KEYS.getPublic());

        private byte[] token(int cti, String scope, Duration lifetime) {
            return issuedByAs(claims(now(), scope)
                    .id(id(cti))
                    .expiresAt(now().plus(lifetime))
                    .confirmation(cnf)
                    .build());
        }

        @Test
        void mayBeUploadedAgain() throws Exception {
            byte[] token = token(1, "read", Duration.ofMinutes(5));
            admission.admit(rpkDevice, token);
            admission.admit(rpkDevice, token);
            assertThat(held(rpkDevice)).hasSize(1);
        }

        @Test
        void isRefusedIfAnotherHasHadItsCti() throws Exception {
            admission.admit(rpkDevice, token(1, "read", Duration.ofMinutes(5)));
            assertThatThrownBy(() -> admission.admit(rpkDevice, token(1, "read write", Duration.ofMinutes(5))))
                    .isInstanceOfSatisfying(
                            TokenRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Refusal.TOKEN_REPLAYED));
        }

        @Test
        void replacesTheOldestWhenThereAreTooMany() throws Exception {
            admission.admit(rpkDevice, token(1, "read", Duration.ofMinutes(5)));
            admission.admit(rpkDevice, token(2, "write", Duration.ofMinutes(5)));
            admission.admit(rpkDevice, token(3, "read write", Duration.ofMinutes(5)));
            assertThat(held(rpkDevice))
                    .extracting(token -> token.claims().id().orElseThrow())
                    .containsExactly(id(3), id(2));
        }

        @Test
        void endsAtItsExpiryAndNotLater() throws Exception {
            admission.admit(rpkDevice, token(1, "read", Duration.ofMinutes(1)));
            admission.admit(rpkDevice, token(2, "write", Duration.ofMinutes(2)));
            clock.advance(Duration.ofSeconds(59));
            assertThat(held(rpkDevice)).hasSize(2);
            clock.advance(Duration.ofSeconds(1));
            assertThat(held(rpkDevice)).hasSize(1);
            clock.advance(Duration.ofMinutes(1));
            assertThat(held(rpkDevice)).isEmpty();
        }
    }
}
