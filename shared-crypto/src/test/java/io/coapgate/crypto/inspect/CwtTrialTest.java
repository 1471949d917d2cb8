package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.TestVectors.RFC8392_SIGNED;
import static io.coapgate.crypto.TestVectors.hex;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.ALGORITHM_MISMATCH;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.BAD_SIGNATURE;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.EXPIRED;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.INVALID_CONFIRMATION;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.LIFETIME_TOO_LONG;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MALFORMED;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_CLAIM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_EXPIRY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.NOT_YET_VALID;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.TOO_LARGE;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNKNOWN_ISSUER;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNKNOWN_KEY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNSUPPORTED_ALGORITHM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNSUPPORTED_CRITICAL_HEADER;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.WRONG_AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.cwt.IssuerDecryptionKey;
import io.coapgate.crypto.cwt.IssuerKeys;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CwtTrialTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final CwtPolicy POLICY = CwtPolicy.forAudience("rs").withMaxLifetime(Duration.ofHours(1));

    private final SecretBytes secret = SecretBytes.copyOf(hex("5c".repeat(32)));
    private final CwtIssuer as = new CwtIssuer("as", SigningKey.of(CoseAlgorithm.HMAC_256_256, secret));
    private final VerificationKey key = VerificationKey.of(CoseAlgorithm.HMAC_256_256, secret);
    private final IssuerKeys keys = issuer -> issuer.equals("as") ? List.of(key) : List.of();

    CwtTrialTest() throws Exception {}

    @Test
    void hasNothingToSayOfASoundToken() {
        assertThat(reasons(as.issue(valid().build()))).isEmpty();
    }

    @Test
    void findsEveryReasonOfThePolicyAtOnce() {
        CwtClaims claims = CwtClaims.builder()
                .issuer("as")
                .audience("other")
                .expiresAt(NOW.minusSeconds(60))
                .issuedAt(NOW.minusSeconds(90_000))
                .notBefore(NOW.plusSeconds(60))
                .build();
        assertThat(reasons(as.issue(claims)))
                .containsExactlyInAnyOrder(EXPIRED, NOT_YET_VALID, LIFETIME_TOO_LONG, WRONG_AUDIENCE);
        byte[] empty = CwtInspectionTest.sign1(hex("a0"));
        assertThat(reasons(POLICY.requiringIssuedAt(), empty))
                .containsExactlyInAnyOrder(MISSING_CLAIM, MISSING_EXPIRY, WRONG_AUDIENCE);
        assertThat(new CwtTrial(POLICY.requiringIssuedAt(), CLOCK)
                        .refusals(empty, CwtInspection.of(empty).orElseThrow()))
                .filteredOn(refusal -> refusal.reason() == MISSING_CLAIM)
                .hasSize(2);
    }

    @Test
    void judgesSizeByTheWholeTokenAndGoesOn() {
        assertThat(reasons(POLICY.withMaxBytes(100), RFC8392_SIGNED)).contains(TOO_LARGE, EXPIRED, WRONG_AUDIENCE);
    }

    @Test
    void looksBehindAHeaderThatIsRefused() {
        // crit names 99, alg is not protected, and the claims have expired
        byte[] header = hex("a2028118631863" + "00");
        byte[] claims = hex("a4016261730362727304010601");
        byte[] message = Bytes.join(
                hex("d284"), Bytes.string(header), hex("a10126"), Bytes.string(claims), Bytes.string(new byte[64]));
        assertThat(reasons(message))
                .containsExactlyInAnyOrder(MALFORMED, UNSUPPORTED_CRITICAL_HEADER, UNSUPPORTED_ALGORITHM, EXPIRED);
    }

    @Test
    void looksBehindCborThatIsNotStrict() {
        // claims of indefinite length, exp twice, and exp as text in a second token
        byte[] indefinite = CwtInspectionTest.sign1(hex("bf016261730362727304010401ff"));
        assertThat(reasons(indefinite)).containsExactlyInAnyOrder(MALFORMED, EXPIRED);
        byte[] text = CwtInspectionTest.sign1(hex("a40162617303627273046131" + "0880"));
        assertThat(messages(text))
                .containsExactly(
                        "a time that is not a number between 1970 and 9999", "cnf that is not a map of one member");
        assertThat(reasons(text)).containsExactlyInAnyOrder(MALFORMED, INVALID_CONFIRMATION);
    }

    @Test
    void judgesTokensWithTrailingBytesAndWithoutTags() {
        byte[] token = as.issue(valid().expiresAt(NOW.minusSeconds(60)).build());
        assertThat(reasons(Arrays.copyOf(token, token.length + 1))).containsExactlyInAnyOrder(MALFORMED, EXPIRED);
        assertThat(reasons(Arrays.copyOfRange(token, 1, token.length))).contains(MALFORMED, EXPIRED);
    }

    @Test
    void saysNothingOfClaimsThatItCannotSee() {
        assertThat(reasons(hex("d28443a10126a0" + "f6" + "41ff"))).containsExactly(MALFORMED);
    }

    /** The verifier stops at its first reason: whatever that is, it is found; and without one there is none. */
    @Test
    void agreesWithTheVerifierOnTimesAndAudiences() {
        Random random = new Random(61);
        Set<Reason> met = EnumSet.noneOf(Reason.class);
        for (int i = 0; i < 3_000; i++) {
            CwtPolicy policy = random.nextBoolean() ? POLICY : POLICY.requiringIssuedAt();
            byte[] token = as.issue(claims(random));
            Optional<Reason> first = verdict(policy, token, keys);
            Set<Reason> found = reasons(policy, token);
            first.ifPresentOrElse(
                    reason -> {
                        met.add(reason);
                        assertThat(found).contains(reason);
                    },
                    () -> assertThat(found).isEmpty());
        }
        assertThat(met)
                .contains(EXPIRED, NOT_YET_VALID, LIFETIME_TOO_LONG, MISSING_EXPIRY, MISSING_CLAIM, WRONG_AUDIENCE);
    }

    @Test
    void agreesWithTheVerifierOnWhateverIsBroken() {
        Random random = new Random(18);
        for (int i = 0; i < 10_000; i++) {
            byte[] token = RFC8392_SIGNED.clone();
            token[random.nextInt(token.length)] = (byte) random.nextInt();
            token[1 + random.nextInt(40)] = (byte) random.nextInt();
            Optional<Reason> first = verdict(POLICY, token, issuer -> List.of());
            CwtInspection.of(token).ifPresent(seen -> {
                Set<Reason> found = reasons(POLICY, token);
                first.filter(reason -> reason != UNKNOWN_ISSUER)
                        .ifPresent(reason -> assertThat(found).contains(reason));
            });
        }
    }

    /** The same for tokens that come encrypted, around claims or around a MAC, by one issuer or another. */
    @Test
    void agreesWithTheVerifierOnWhatIsEncrypted() throws Exception {
        Random random = new Random(16);
        SecureRandom ivs = new SecureRandom();
        EncryptionKey[] encrypters = new EncryptionKey[3];
        List<IssuerDecryptionKey> known = new ArrayList<>();
        for (int i = 0; i < encrypters.length; i++) {
            SecretBytes aes = SecretBytes.copyOf(hex(("0" + i).repeat(16)));
            encrypters[i] = EncryptionKey.of(CoseAlgorithm.A128GCM, aes);
            if (i < 2) {
                known.add(
                        new IssuerDecryptionKey(i == 0 ? "as" : "other", DecryptionKey.of(CoseAlgorithm.A128GCM, aes)));
            }
        }
        IssuerKeys all = new WithDecryption(keys, known);
        CoseKey pop = CoseKey.ofSecret(SecretBytes.copyOf(new byte[16]));
        Set<Reason> met = EnumSet.noneOf(Reason.class);
        for (int i = 0; i < 2_000; i++) {
            EncryptionKey outer = encrypters[random.nextInt(16) / 7];
            CwtClaims claims = random.nextInt(3) > 0
                    ? claims(random)
                    : claims(random).toBuilder()
                            .confirmation(Confirmation.encrypted(pop, encrypters[random.nextInt(3)], ivs))
                            .build();
            byte[] token = (random.nextBoolean()
                            ? as.encryptedWith(outer, ivs)
                            : CwtIssuer.encrypting("as", outer, ivs))
                    .issue(claims);
            if (random.nextInt(4) == 0) {
                token[random.nextInt(token.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Optional<Reason> first = verdict(POLICY, token, all);
            CwtInspection.of(token, new DecryptionKeys(known, true), NOW).ifPresent(seen -> {
                Set<Reason> found = reasons(token, new DecryptionKeys(known, true));
                first.ifPresentOrElse(
                        reason -> {
                            met.add(reason);
                            assertThat(found).contains(reason);
                        },
                        () -> assertThat(found).isEmpty());
            });
        }
        assertThat(met).contains(MALFORMED, UNKNOWN_KEY, BAD_SIGNATURE, EXPIRED, WRONG_AUDIENCE, INVALID_CONFIRMATION);
    }

    @Test
    void saysNothingOfAnEncryptionWhoseKeyIsNotKnown() throws Exception {
        SecretBytes aes = SecretBytes.copyOf(new byte[16]);
        byte[] token = CwtIssuer.encrypting("as", EncryptionKey.of(CoseAlgorithm.A128GCM, aes), new SecureRandom())
                .issue(valid().build());
        IssuerDecryptionKey ccm = new IssuerDecryptionKey("as", DecryptionKey.of(CoseAlgorithm.AES_CCM_16_64_128, aes));
        assertThat(reasons(token)).isEmpty();
        assertThat(reasons(token, new DecryptionKeys(List.of(ccm), false))).isEmpty();
        assertThat(reasons(token, new DecryptionKeys(List.of(ccm), true))).containsExactly(ALGORITHM_MISMATCH);
        assertThat(reasons(token, new DecryptionKeys(List.of(), true))).containsExactly(UNKNOWN_KEY);
    }

    @Test
    void looksBehindTheHeaderOfAnEncryption() {
        // crit names 99, the algorithm is not known, and alg stands in both headers; then the same without an IV
        byte[] header = hex("a2011818" + "02811863");
        byte[] message = Bytes.join(hex("d083"), Bytes.string(header), hex("a10101"), Bytes.string(new byte[16]));
        assertThat(reasons(message))
                .containsExactlyInAnyOrder(MALFORMED, UNSUPPORTED_ALGORITHM, UNSUPPORTED_CRITICAL_HEADER);
        byte[] bare = Bytes.join(hex("d083"), Bytes.string(hex("a10101")), hex("a0"), Bytes.string(new byte[16]));
        assertThat(reasons(bare)).containsExactly(MALFORMED);
    }

    @Test
    void judgesExiByThePolicy() {
        CwtClaims.Builder timeless = CwtClaims.builder().audience("rs").expiresIn(Duration.ofMinutes(5));
        byte[] token = as.issue(timeless.build());
        byte[] numbered = as.issue(timeless.id(CwtId.of(new byte[1])).build());
        byte[] endless = as.issue(timeless.expiresIn(Duration.ofDays(9))
                .issuedAt(NOW.minusSeconds(9))
                .build());
        assertThat(reasons(numbered)).containsExactly(MISSING_EXPIRY);
        CwtPolicy accepting = POLICY.acceptingExpiresIn();
        assertThat(reasons(accepting, numbered)).isEmpty();
        assertThat(reasons(accepting, token)).containsExactly(MISSING_CLAIM);
        assertThat(reasons(accepting, endless)).containsExactly(LIFETIME_TOO_LONG);
    }

    @Test
    void triesKeysAsTheVerifierDoes() throws Exception {
        byte[] token = as.issue(valid().build());
        CoseLayer layer = CwtInspection.of(token).orElseThrow().layers().get(0);
        assertThat(CwtSignature.refusal(layer, List.of(key), NOW)).isEmpty();
        VerificationKey other = VerificationKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(new byte[32]));
        assertThat(signatureReason(layer, other)).isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(signatureReason(layer, VerificationKey.of(CoseAlgorithm.HMAC_256_64, secret)))
                .isEqualTo(Reason.ALGORITHM_MISMATCH);
        assertThat(signatureReason(layer, key.withValidity(NOW.plusSeconds(1), NOW.plusSeconds(2))))
                .isEqualTo(Reason.UNKNOWN_KEY);
        SigningKey named = SigningKey.of(CoseAlgorithm.HMAC_256_256, secret).withKeyId(KeyId.ofUtf8("k1"));
        byte[] withKid = new CwtIssuer("as", named).issue(valid().build());
        CoseLayer kidLayer = CwtInspection.of(withKid).orElseThrow().layers().get(0);
        assertThat(signatureReason(kidLayer, key.withKeyId(KeyId.ofUtf8("k2")))).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(CwtSignature.refusal(kidLayer, List.of(key), NOW)).isEmpty();
    }

    private static Reason signatureReason(CoseLayer layer, VerificationKey tried) throws Exception {
        return CwtSignature.refusal(layer, List.of(tried), NOW).orElseThrow().reason();
    }

    private static CwtClaims.Builder valid() {
        return CwtClaims.builder()
                .issuer("as")
                .audience("rs")
                .expiresAt(NOW.plusSeconds(600))
                .issuedAt(NOW);
    }

    private static CwtClaims claims(Random random) {
        CwtClaims.Builder claims = CwtClaims.builder();
        if (random.nextInt(5) > 0) {
            claims.audience(random.nextInt(4) > 0 ? "rs" : "other");
        }
        if (random.nextInt(6) > 0) {
            claims.expiresAt(NOW.plusSeconds(random.nextInt(8_000) - 2_000));
        }
        if (random.nextBoolean()) {
            claims.notBefore(NOW.plusSeconds(random.nextInt(100) - 60));
        }
        if (random.nextBoolean()) {
            claims.issuedAt(NOW.plusSeconds(random.nextInt(4_000) - 3_900));
        }
        return claims.build();
    }

    private static Optional<Reason> verdict(CwtPolicy policy, byte[] token, IssuerKeys keys) {
        try {
            new CwtVerifier(policy, CLOCK).verify(token, keys);
            return Optional.empty();
        } catch (InvalidCwtException e) {
            return Optional.of(e.reason());
        }
    }

    private static Set<Reason> reasons(byte[] token) {
        return reasons(POLICY, token);
    }

    private static Set<Reason> reasons(CwtPolicy policy, byte[] token) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        new CwtTrial(policy, CLOCK)
                .refusals(token, CwtInspection.of(token).orElseThrow())
                .forEach(refusal -> reasons.add(refusal.reason()));
        return reasons;
    }

    private static Set<Reason> reasons(byte[] token, DecryptionKeys known) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        CwtInspection seen = CwtInspection.of(token, known, NOW).orElseThrow();
        new CwtTrial(POLICY, CLOCK)
                .withDecryptionKeys(known)
                .refusals(token, seen)
                .forEach(refusal -> reasons.add(refusal.reason()));
        return reasons;
    }

    private record WithDecryption(IssuerKeys signing, List<IssuerDecryptionKey> decryptionKeys) implements IssuerKeys {
        @Override
        public List<VerificationKey> keysOf(String issuer) {
            return signing.keysOf(issuer);
        }
    }

    private static List<String> messages(byte[] token) {
        return new CwtTrial(POLICY, CLOCK)
                .refusals(token, CwtInspection.of(token).orElseThrow()).stream()
                        .map(CwtRefusal::message)
                        .toList();
    }
}
