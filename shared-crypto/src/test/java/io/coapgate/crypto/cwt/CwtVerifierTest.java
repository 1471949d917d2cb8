package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.TestVectors.RFC8392_FLOAT;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_256;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_EC;
import static io.coapgate.crypto.TestVectors.RFC8392_MACED;
import static io.coapgate.crypto.TestVectors.RFC8392_SIGNED;
import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseMac0;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CwtVerifierTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final CwtPolicy POLICY =
            CwtPolicy.forAudience("rs").withLeeway(LEEWAY).withMaxLifetime(LIFETIME);

    private final SecretBytes secret = SecretBytes.copyOf(hex("5c".repeat(32)));
    private final SigningKey maker = SigningKey.of(CoseAlgorithm.HMAC_256_256, secret);
    private final VerificationKey key = VerificationKey.of(CoseAlgorithm.HMAC_256_256, secret);
    private final IssuerKeys keys = issuer -> issuer.equals("as") ? List.of(key) : List.of();
    private final CwtIssuer as = new CwtIssuer("as", maker);

    CwtVerifierTest() throws Exception {}

    @Nested
    class Rfc8392Examples {

        private static final CwtPolicy LIGHT =
                CwtPolicy.forAudience("coap://light.example.com").withMaxLifetime(Duration.ofDays(2));
        private static final Instant THEN = Instant.ofEpochSecond(1_443_945_000);

        @Test
        void a3Signed() throws Exception {
            VerificationKey es256 = CoseKey.decode(RFC8392_KEY_EC).publicOnly().verificationKey(CoseAlgorithm.ES256);
            VerifiedCwt verified = verifier(LIGHT, THEN).verify(RFC8392_SIGNED, issuer -> List.of(es256));
            assertThat(verified.issuer()).isEqualTo("coap://as.example.com");
            assertThat(verified.algorithm()).contains(CoseAlgorithm.ES256);
            assertThat(verified.keyId()).contains(KeyId.ofUtf8("AsymmetricECDSA256"));
            assertThat(verified.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_444_064_944));
            assertThat(verified.size()).isEqualTo(RFC8392_SIGNED.length);
        }

        @Test
        void a4MacedWithCwtTag() throws Exception {
            VerificationKey hs64 = CoseKey.decode(RFC8392_KEY_256).verificationKey(CoseAlgorithm.HMAC_256_64);
            VerifiedCwt verified = verifier(LIGHT, THEN).verify(RFC8392_MACED, issuer -> List.of(hs64));
            assertThat(verified.claims().subject()).contains("erikw");
        }

        @Test
        void a7WithAFloatHasTheRightMac() throws Exception {
            VerificationKey hs64 = CoseKey.decode(RFC8392_KEY_256).verificationKey(CoseAlgorithm.HMAC_256_64);
            byte[] payload = CoseMac0.decode(RFC8392_FLOAT, 100).verify(hs64, CoseMessage.NO_AAD);
            assertThat(CwtClaims.decode(payload, 100).issuedAt())
                    .contains(Instant.ofEpochSecond(1_443_944_944, 500_000_000));
        }
    }

    @Nested
    class Times {

        @Test
        void expiryOnTheEdgeOfTheLeewayIsExpired() throws Exception {
            accepts(valid().expiresAt(NOW.minus(LEEWAY).plusSeconds(1)));
            refuses(Reason.EXPIRED, valid().expiresAt(NOW.minus(LEEWAY)));
        }

        @Test
        void withoutLeewayATokenThatExpiresNowIsExpired() throws Exception {
            CwtVerifier exact = verifier(POLICY.withLeeway(Duration.ZERO), NOW);
            assertThat(exact.verify(token(valid().expiresAt(NOW.plusSeconds(1))), keys))
                    .isNotNull();
            refuses(exact, Reason.EXPIRED, token(valid().expiresAt(NOW)));
        }

        @Test
        void notBeforeOnTheEdgeOfTheLeewayIsValid() throws Exception {
            accepts(valid().notBefore(NOW.plus(LEEWAY)));
            refuses(Reason.NOT_YET_VALID, valid().notBefore(NOW.plus(LEEWAY).plusSeconds(1)));
        }

        @Test
        void issuedInTheFutureIsNotYetValid() throws Exception {
            accepts(valid().issuedAt(NOW.plus(LEEWAY)));
            refuses(Reason.NOT_YET_VALID, valid().issuedAt(NOW.plus(LEEWAY).plusSeconds(1)));
        }

        @Test
        void lifetimeCountsFromIssueOrElseFromNow() throws Exception {
            Instant iat = NOW.minusSeconds(600);
            accepts(valid().issuedAt(iat).expiresAt(iat.plus(LIFETIME)));
            refuses(
                    Reason.LIFETIME_TOO_LONG,
                    valid().issuedAt(iat).expiresAt(iat.plus(LIFETIME).plusSeconds(1)));
            Instant latest = NOW.plus(LEEWAY).plus(LIFETIME);
            accepts(valid().expiresAt(latest));
            refuses(Reason.LIFETIME_TOO_LONG, valid().expiresAt(latest.plusSeconds(1)));
        }

        @Test
        void fractionsOfASecondCount() throws Exception {
            CwtVerifier exact = verifier(POLICY.withLeeway(Duration.ZERO), NOW.plusMillis(400));
            CwtClaims claims = valid().exactExpiresAt(NOW.plusMillis(500)).build();
            assertThat(exact.verify(as.issue(claims), keys).expiresAt()).isEqualTo(NOW.plusMillis(500));
        }

        @Test
        void aTokenThatNeverExpiresIsRefused() {
            refuses(Reason.MISSING_EXPIRY, CwtClaims.builder().audience("rs"));
        }

        @Test
        void issuedAtIsRequiredIfThePolicySaysSo() throws Exception {
            CwtVerifier strict = verifier(POLICY.requiringIssuedAt(), NOW);
            refuses(strict, Reason.MISSING_CLAIM, token(valid()));
            assertThat(strict.verify(token(valid().issuedAt(NOW)), keys)).isNotNull();
        }
    }

    @Nested
    class Audiences {

        @Test
        void oneOfSeveralSuffices() throws Exception {
            accepts(valid().audience("other"));
        }

        @Test
        void anotherOrNoneIsWrong() {
            Instant exp = NOW.plusSeconds(60);
            refuses(Reason.WRONG_AUDIENCE, CwtClaims.builder().expiresAt(exp).audience("other"));
            refuses(Reason.WRONG_AUDIENCE, CwtClaims.builder().expiresAt(exp).audience("RS"));
            refuses(Reason.WRONG_AUDIENCE, CwtClaims.builder().expiresAt(exp));
        }
    }

    @Nested
    class Keys {

        @Test
        void unknownIssuersAreRefused() {
            refuses(Reason.UNKNOWN_ISSUER, new CwtIssuer("other", maker).issue(valid().build()));
        }

        @Test
        void anAbsentIssuerIsRefused() {
            byte[] anonymous = CoseMac0.create(maker, valid().build().encode(), CoseMessage.NO_AAD);
            refuses(Reason.MISSING_CLAIM, anonymous);
        }

        @Test
        void identifiersThatDifferAreUnknown() throws Exception {
            byte[] token = new CwtIssuer("as", maker.withKeyId(KeyId.ofUtf8("b"))).issue(valid().build());
            IssuerKeys other = issuer -> List.of(key.withKeyId(KeyId.ofUtf8("a")));
            refuses(verifier(POLICY, NOW), other, Reason.UNKNOWN_KEY, token);
            IssuerKeys same = issuer -> List.of(key.withKeyId(KeyId.ofUtf8("b")));
            assertThat(verifier(POLICY, NOW).verify(token, same).keyId()).contains(KeyId.ofUtf8("b"));
        }

        @Test
        void keysOutsideTheirTimeAreUnknown() throws Exception {
            byte[] token = token(valid());
            IssuerKeys ended = issuer -> List.of(key.withValidity(NOW.minusSeconds(9), NOW.minusSeconds(1)));
            refuses(verifier(POLICY, NOW), ended, Reason.UNKNOWN_KEY, token);
            IssuerKeys toCome = issuer -> List.of(key.withValidity(NOW.plusSeconds(1), NOW.plusSeconds(9)));
            refuses(verifier(POLICY, NOW), toCome, Reason.UNKNOWN_KEY, token);
            IssuerKeys atTheEdges = issuer -> List.of(key.withValidity(NOW, NOW));
            assertThat(verifier(POLICY, NOW).verify(token, atTheEdges)).isNotNull();
        }

        @Test
        void anyOfSeveralValidKeysMayVerify() throws Exception {
            VerificationKey old =
                    VerificationKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(hex("aa".repeat(32))));
            assertThat(verifier(POLICY, NOW).verify(token(valid()), issuer -> List.of(old, key)))
                    .isNotNull();
        }

        @Test
        void noMoreThanEightKeysAreTried() throws Exception {
            VerificationKey old =
                    VerificationKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(hex("aa".repeat(32))));
            List<VerificationKey> ninthIsRight = Stream.concat(
                            Stream.generate(() -> old).limit(8), Stream.of(key))
                    .toList();
            refuses(verifier(POLICY, NOW), issuer -> ninthIsRight, Reason.BAD_SIGNATURE, token(valid()));
        }

        @Test
        void theWrongSecretIsABadSignature() throws Exception {
            SigningKey forger = SigningKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(hex("5d".repeat(32))));
            refuses(Reason.BAD_SIGNATURE, new CwtIssuer("as", forger).issue(valid().build()));
        }
    }

    @Nested
    class Algorithms {

        @Test
        void aMacByTheBytesOfThePublicKeyIsRefusedBeforeCryptography() throws Exception {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            VerificationKey eddsa = VerificationKey.of(CoseAlgorithm.EDDSA, pair.getPublic());
            SigningKey forger = SigningKey.of(
                    CoseAlgorithm.HMAC_256_256,
                    SecretBytes.copyOf(pair.getPublic().getEncoded()));
            byte[] forged = new CwtIssuer("as", forger).issue(valid().build());
            refuses(verifier(POLICY, NOW), issuer -> List.of(eddsa), Reason.ALGORITHM_MISMATCH, forged);
        }

        @Test
        void aShorterMacOfTheSameSecretIsRefused() throws Exception {
            CwtIssuer shorter = new CwtIssuer("as", SigningKey.of(CoseAlgorithm.HMAC_256_64, secret));
            refuses(Reason.ALGORITHM_MISMATCH, shorter.issue(valid().build()));
        }

        @Test
        void anAlgorithmThatIsNotSupportedIsRefused() {
            refuses(Reason.UNSUPPORTED_ALGORITHM, hex("d18443a1010ea043a1010041aa"));
        }
    }

    @Nested
    class Structure {

        @Test
        void theCwtTagMayStandInFront() throws Exception {
            byte[] token = token(valid());
            byte[] tagged = hex("d83d" + hex(token));
            VerifiedCwt verified = verifier(POLICY, NOW).verify(tagged, keys);
            assertThat(verified.contentThumbprint())
                    .isEqualTo(verifier(POLICY, NOW).verify(token, keys).contentThumbprint());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "00", "a0", "d83d", "d83da0", "d83dd83dd18440a04040", "d93dd1", "8440a04040", "d1"})
        void anythingElseIsMalformed(String token) {
            refuses(Reason.MALFORMED, hex(token));
        }

        @Test
        void aTokenWithoutTagIsMalformed() {
            refuses(Reason.MALFORMED, hex(hex(token(valid())).substring(2)));
        }

        @Test
        void doubledTagsAreMalformed() {
            refuses(Reason.MALFORMED, hex("d83dd83d" + hex(token(valid()))));
            refuses(Reason.MALFORMED, hex("d1d83d" + hex(token(valid())).substring(2)));
        }

        @Test
        void criticalHeadersThatAreNotUnderstoodAreRefused() {
            refuses(Reason.UNSUPPORTED_CRITICAL_HEADER, hex("d1844aa301050281186318 63f6a041a041aa".replace(" ", "")));
        }

        @Test
        void sizeIsCheckedFirstAndCountsTheTag() throws Exception {
            byte[] token = token(valid());
            assertThat(verifier(POLICY.withMaxBytes(token.length), NOW).verify(token, keys))
                    .isNotNull();
            refuses(verifier(POLICY.withMaxBytes(token.length), NOW), Reason.TOO_LARGE, hex("d83d" + hex(token)));
            refuses(verifier(POLICY.withMaxBytes(1), NOW), Reason.TOO_LARGE, hex("ffff"));
        }

        @Test
        void changingTheCallersBytesAfterwardsChangesNothing() throws Exception {
            byte[] token = token(valid());
            VerifiedCwt verified = verifier(POLICY, NOW).verify(token, keys);
            String before = verified + " " + verified.contentThumbprint();
            Arrays.fill(token, (byte) 0);
            assertThat(verified + " " + verified.contentThumbprint()).isEqualTo(before);
        }
    }

    @Nested
    class Order {

        @Test
        void anExpiredTokenWithABadSignatureIsABadSignature() throws Exception {
            SigningKey forger = SigningKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(hex("5d".repeat(32))));
            refuses(
                    Reason.BAD_SIGNATURE,
                    new CwtIssuer("as", forger)
                            .issue(CwtClaims.builder()
                                    .audience("other")
                                    .expiresAt(Instant.EPOCH)
                                    .build()));
        }

        @Test
        void anExpiredTokenForAnotherIsExpired() {
            refuses(Reason.EXPIRED, CwtClaims.builder().audience("other").expiresAt(Instant.EPOCH));
        }
    }

    @Nested
    class WithoutAClock {

        private final CwtPolicy accepting = POLICY.acceptingExpiresIn();

        @Test
        void exiCountsFromTheTimeOfArrival() throws Exception {
            VerifiedCwt verified = verifier(accepting, NOW).verify(token(relative(600)), keys);
            assertThat(verified.expiresAt()).isEqualTo(NOW.plusSeconds(600));
            assertThat(verified.claims().expiresIn()).contains(Duration.ofMinutes(10));
        }

        @Test
        void exiIsRefusedUnlessThePolicyTakesIt() {
            refuses(verifier(POLICY, NOW), keys, Reason.MISSING_EXPIRY, token(relative(600)));
        }

        @Test
        void exiNeedsACti() {
            CwtClaims.Builder anonymous = CwtClaims.builder().audience("rs").expiresIn(Duration.ofSeconds(9));
            refuses(verifier(accepting, NOW), keys, Reason.MISSING_CLAIM, token(anonymous));
        }

        @Test
        void exiIsHeldToTheLongestLifetime() throws Exception {
            long longest = LIFETIME.plus(LEEWAY).toSeconds();
            verifier(accepting, NOW).verify(token(relative(longest)), keys);
            refuses(verifier(accepting, NOW), keys, Reason.LIFETIME_TOO_LONG, token(relative(longest + 1)));
        }

        @Test
        void expWinsOverExi() {
            CwtClaims.Builder ended = relative(600).expiresAt(NOW.minus(LEEWAY));
            refuses(verifier(accepting, NOW), keys, Reason.EXPIRED, token(ended));
        }

        @Test
        void aVerifiedTokenCanBeCutShortAndNeverProlonged() throws Exception {
            VerifiedCwt verified = verifier(accepting, NOW).verify(token(relative(600)), keys);
            assertThat(CwtVerifier.endingBy(NOW.plusSeconds(60), verified).expiresAt())
                    .isEqualTo(NOW.plusSeconds(60));
            assertThat(CwtVerifier.endingBy(NOW.plusSeconds(60), verified).contentThumbprint())
                    .isEqualTo(verified.contentThumbprint());
            assertThat(CwtVerifier.endingBy(NOW.plusSeconds(6000), verified).expiresAt())
                    .isEqualTo(NOW.plusSeconds(600));
        }

        private CwtClaims.Builder relative(long seconds) {
            return CwtClaims.builder()
                    .audience("rs")
                    .id(CwtId.of(new byte[] {1}))
                    .expiresIn(Duration.ofSeconds(seconds));
        }
    }

    @Nested
    class Policies {

        @Test
        void areRefusedIfTheyMakeNoSense() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CwtPolicy(Set.of(), LEEWAY, LIFETIME, 100, false, false));
            assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withLeeway(Duration.ofSeconds(61)));
            assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withLeeway(Duration.ofSeconds(-1)));
            assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withMaxLifetime(Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withMaxBytes(0));
            assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withMaxBytes(65_536));
        }
    }

    @Test
    void issuesTokensOfTheSmallestEncodingInItsOwnName() throws Exception {
        byte[] token =
                as.issue(CwtClaims.builder().issuer("other").expiresAt(NOW).build());
        assertThat(token).startsWith(hex("d18443a10105a0")).hasSize(7 + 1 + 11 + 2 + 32);
        assertThat(as).hasToString("CwtIssuer[as, SigningKey[HMAC_256_256]]");
    }

    @Test
    void showsNoToken() throws Exception {
        VerifiedCwt verified = verifier(POLICY, NOW).verify(token(valid().scope("canary")), keys);
        assertThat(verified.toString()).contains("iss=as", "HMAC_256_256").doesNotContain("canary");
    }

    private static CwtClaims.Builder valid() {
        return CwtClaims.builder().audience("rs").expiresAt(NOW.plusSeconds(600));
    }

    private byte[] token(CwtClaims.Builder claims) {
        return as.issue(claims.build());
    }

    private static CwtVerifier verifier(CwtPolicy policy, Instant now) {
        return new CwtVerifier(policy, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void accepts(CwtClaims.Builder claims) throws Exception {
        assertThat(verifier(POLICY, NOW).verify(token(claims), keys)).isNotNull();
    }

    private void refuses(Reason reason, CwtClaims.Builder claims) {
        refuses(reason, token(claims));
    }

    private void refuses(Reason reason, byte[] token) {
        refuses(verifier(POLICY, NOW), reason, token);
    }

    private void refuses(CwtVerifier verifier, Reason reason, byte[] token) {
        refuses(verifier, keys, reason, token);
    }

    private static void refuses(CwtVerifier verifier, IssuerKeys keys, Reason reason, byte[] token) {
        assertThatThrownBy(() -> verifier.verify(token, keys))
                .isInstanceOfSatisfying(
                        InvalidCwtException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
