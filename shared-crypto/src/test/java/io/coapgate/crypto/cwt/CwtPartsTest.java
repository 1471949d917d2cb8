package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.TestVectors.RFC8392_CLAIMS;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_EC;
import static io.coapgate.crypto.TestVectors.RFC8392_SIGNED;
import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseSign1;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts of a token, at their borders. */
class CwtPartsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final SecretBytes SECRET = SecretBytes.copyOf(hex("5c".repeat(32)));

    @Nested
    class Identifiers {

        @ParameterizedTest
        @ValueSource(ints = {1, 64})
        void have1To64Bytes(int length) {
            assertThat(CwtId.of(new byte[length]).bytes()).hasSize(length);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 65})
        void haveNoOtherLength(int length) {
            assertThatIllegalArgumentException().isThrownBy(() -> CwtId.of(new byte[length]));
            assertMalformed("a107" + "58%02x".formatted(length).replace("5800", "40") + "00".repeat(length));
        }

        @Test
        void areEqualByContent() {
            assertThat(CwtId.of(hex("0b71")))
                    .isEqualTo(CwtId.of(hex("0b71")))
                    .hasSameHashCodeAs(CwtId.of(hex("0b71")))
                    .isNotEqualTo(CwtId.of(hex("0b72")))
                    .doesNotHaveSameHashCodeAs(CwtId.of(hex("0b72")))
                    .isNotEqualTo("0b71")
                    .hasToString("0b71");
        }

        @Test
        void areNotChangedThroughTheirBytes() {
            byte[] given = {1};
            CwtId id = CwtId.of(given);
            given[0] = 2;
            id.bytes()[0] = 3;
            assertThat(id.bytes()).containsExactly(1);
        }
    }

    @Nested
    class Labels {

        @Test
        void areEqualByContentAndNotAcrossKinds() {
            assertThat(ClaimLabel.of(10))
                    .isEqualTo(ClaimLabel.of(10))
                    .hasSameHashCodeAs(ClaimLabel.of(10))
                    .isNotEqualTo(ClaimLabel.of(11))
                    .isNotEqualTo(ClaimLabel.of("10"))
                    .isNotEqualTo(10L)
                    .hasToString("10");
        }

        @ParameterizedTest
        @CsvSource({"0, 0", "1, 1", "9, 9", "10, 0", "-1, 0", "4294967297, 0"})
        void areKnownFromIssToScope(long label, int number) {
            assertThat(ClaimLabel.of(label).number()).isEqualTo(number);
        }

        @Test
        void beyond64BitsAreRefused() {
            assertMalformed("a11bffffffffffffffff00");
            assertMalformed("a1f500");
        }
    }

    @Nested
    class Claims {

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "scope of 1024 characters, 09790400, 61, 1024, true",
            "scope of 1025 characters, 09790401, 61, 1025, false",
            "scope of 1024 bytes, 09590400, 00, 1024, true",
            "scope of 1025 bytes, 09590401, 00, 1025, false",
            "iss of 255 characters, 0178ff, 61, 255, true",
            "iss of 256 characters, 01790100, 61, 256, false",
            "aud of 16 names, 0390, 6161, 16, true",
            "aud of 17 names, 0391, 6161, 17, false",
            "sub of no characters, 0260, '', 0, false",
            "aud of nobody, 0380, '', 0, false"
        })
        void areReadUpToTheirLimit(String name, String head, String piece, int count, boolean accepted)
                throws Exception {
            String encoded = "a1" + head + (piece == null ? "" : piece.repeat(count));
            if (accepted) {
                assertThat(CwtClaims.decode(hex(encoded), 2048).encode()).isEqualTo(hex(encoded));
            } else {
                assertMalformed(encoded);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"a1016100", "a101617f", "a1026109", "a10362c285"})
        void withControlCharactersInNamesAreRefused(String encoded) {
            assertMalformed(encoded);
        }

        @Test
        void areBuiltInOneExpression() throws Exception {
            byte[] encoded = CwtClaims.builder()
                    .id(CwtId.of(new byte[] {1}))
                    .other(ClaimLabel.of(99), hex("00"))
                    .scopeBytes(new byte[] {2})
                    .confirmation(Confirmation.of(KeyId.ofUtf8("1")))
                    .notBefore(NOW)
                    .issuedAt(NOW)
                    .build()
                    .encode();
            CwtClaims read = CwtClaims.decode(encoded, 64);
            assertThat(read.id()).contains(CwtId.of(new byte[] {1}));
            assertThat(read.scopeBytes()).contains(new byte[] {2});
            assertThat(read.notBefore()).contains(NOW);
            assertThat(read.issuedAt()).contains(NOW);
            assertThat(read.otherLabels()).containsExactly(ClaimLabel.of(99));
        }

        @Test
        void ofOtherKindsAreKeptByteForByte() throws Exception {
            CwtClaims claims = CwtClaims.decode(hex("a2186382014061784101"), 64);
            assertThat(claims.other(ClaimLabel.of(99))).contains(hex("820140"));
            assertThat(claims.other(ClaimLabel.of("x"))).contains(hex("4101"));
            assertThat(claims.other(ClaimLabel.of(98))).isEmpty();
        }
    }

    @Nested
    class Issuers {

        private final SigningKey key = SigningKey.of(CoseAlgorithm.HMAC_256_256, SECRET);

        Issuers() throws CoseException {}

        @Test
        void haveANameThatFitsIntoAToken() {
            assertThat(new CwtIssuer("as", key).name()).isEqualTo("as");
            assertThat(new CwtIssuer("as", key)).hasToString("CwtIssuer[as, SigningKey[HMAC_256_256]]");
            assertThatIllegalArgumentException().isThrownBy(() -> new CwtIssuer("", key));
            assertThatIllegalArgumentException().isThrownBy(() -> new CwtIssuer("a\nb", key));
        }

        @Test
        void putTheirOwnNameIntoATokenWhateverWasThere() throws Exception {
            byte[] token = new CwtIssuer("as", key)
                    .issue(CwtClaims.builder()
                            .issuer("somebody else")
                            .audience("rs")
                            .expiresAt(NOW.plusSeconds(60))
                            .build());
            VerificationKey verification = VerificationKey.of(CoseAlgorithm.HMAC_256_256, SECRET);
            VerifiedCwt verified = new CwtVerifier(CwtPolicy.forAudience("rs"), Clock.fixed(NOW, ZoneOffset.UTC))
                    .verify(token, issuer -> List.of(verification));
            assertThat(verified.issuer()).isEqualTo("as");
            assertThat(verified.toString())
                    .startsWith("VerifiedCwt[CwtClaims[iss=as")
                    .endsWith("HMAC_256_256]");
        }
    }

    @Nested
    class Policies {

        @Test
        void haveLimitsOfTheirOwn() {
            CwtPolicy policy = CwtPolicy.forAudience("rs");
            assertThat(policy.withLeeway(Duration.ofSeconds(60)).leeway()).hasSeconds(60);
            assertThat(policy.withLeeway(Duration.ZERO).leeway()).isZero();
            assertThat(policy.withMaxBytes(1).maxBytes()).isEqualTo(1);
            assertThat(policy.withMaxBytes(StrictCbor.MAX_BYTES).maxBytes()).isEqualTo(65_535);
            assertThat(policy.withMaxLifetime(Duration.ofNanos(1)).maxLifetime())
                    .isEqualTo(Duration.ofNanos(1));
            assertThatIllegalArgumentException().isThrownBy(() -> policy.withLeeway(Duration.ofSeconds(60, 1)));
            assertThatIllegalArgumentException().isThrownBy(() -> policy.withLeeway(Duration.ofNanos(-1)));
            assertThatIllegalArgumentException().isThrownBy(() -> policy.withMaxBytes(0));
            assertThatIllegalArgumentException().isThrownBy(() -> policy.withMaxBytes(StrictCbor.MAX_BYTES + 1));
            assertThatIllegalArgumentException().isThrownBy(() -> policy.withMaxLifetime(Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> policy.withMaxLifetime(Duration.ofNanos(-1)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CwtPolicy(Set.of(), Duration.ZERO, Duration.ofHours(1), 1024, false, false));
        }

        @Test
        void keepTheRestWhenOneThingChanges() {
            CwtPolicy policy =
                    new CwtPolicy(Set.of("a", "b"), Duration.ofSeconds(1), Duration.ofSeconds(2), 3, true, false);
            assertThat(policy.withLeeway(policy.leeway())).isEqualTo(policy);
            assertThat(policy.withMaxBytes(policy.maxBytes())).isEqualTo(policy);
            assertThat(policy.withMaxLifetime(policy.maxLifetime())).isEqualTo(policy);
            assertThat(policy.requiringIssuedAt()).isEqualTo(policy);
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @CsvSource({
            "TOO_LARGE, TOO_LARGE",
            "MALFORMED, MALFORMED",
            "WRONG_STRUCTURE, MALFORMED",
            "INVALID_HEADER, MALFORMED",
            "DETACHED_PAYLOAD, MALFORMED",
            "UNSUPPORTED_CRITICAL_HEADER, UNSUPPORTED_CRITICAL_HEADER",
            "UNSUPPORTED_ALGORITHM, UNSUPPORTED_ALGORITHM",
            "ALGORITHM_MISMATCH, ALGORITHM_MISMATCH",
            "INVALID_KEY, UNKNOWN_KEY",
            "KEY_USE_REFUSED, UNKNOWN_KEY",
            "BAD_SIGNATURE, BAD_SIGNATURE"
        })
        void keepTheirMeaning(CoseException.Reason below, Reason here) {
            InvalidCwtException translated = CoseRefusals.translate(new CoseException(below, "why"));
            assertThat(translated.reason()).isEqualTo(here);
            assertThat(translated).hasMessage("why");
        }
    }

    @Nested
    class Confirmations {

        @Test
        void neverCarryAPrivatePart() throws Exception {
            CoseKey full = CoseKey.decode(RFC8392_KEY_EC);
            assertThat(((Confirmation.OfKey) Confirmation.of(full)).key().privateKey())
                    .isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> new Confirmation.OfKey(full));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "not a map, 80",
            "no member, a0",
            "two members, a203410101a0",
            "COSE_Key that is no map, a10180",
            "symmetric key of kty and another parameter, a101a201040326",
            "kid of 65 bytes, a1035841{65}",
            "kid of no bytes, a10340",
            "kid of text, a1036161",
            "named key whose kid is text, a101a20104026161",
            "another type with a kid only, a101a20102024131"
        })
        void ofAnotherFormAreRefused(String name, String cnf) {
            assertThatThrownBy(() -> CwtClaims.decode(hex("a108" + cnf.replace("{65}", "00".repeat(65))), 256))
                    .isInstanceOfSatisfying(
                            InvalidCwtException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_CONFIRMATION));
        }

        @Test
        void byNameAreReadInBothForms() throws Exception {
            Confirmation byName = Confirmation.of(KeyId.ofUtf8("1"));
            assertThat(CwtClaims.decode(hex("a108a1034131"), 64).confirmation()).contains(byName);
            assertThat(CwtClaims.decode(hex("a108a101a20104024131"), 64).confirmation())
                    .contains(byName);
        }
    }

    @Nested
    class Tokens {

        /** The Sig_structure of RFC 9052 §4.4 for the example of RFC 8392 A.3, by hand. */
        @Test
        void goByTheHashOfWhatTheirSignatureCovers() throws Exception {
            Thumbprint covered = Thumbprint.ofContent(
                    hex("84" + "6a5369676e617475726531" + "43a10126" + "40" + "5850"), RFC8392_CLAIMS);
            VerificationKey key = CoseKey.decode(RFC8392_KEY_EC).publicOnly().verificationKey(CoseAlgorithm.ES256);
            CwtVerifier verifier = new CwtVerifier(
                    CwtPolicy.forAudience("coap://light.example.com").withMaxLifetime(Duration.ofDays(2)),
                    Clock.fixed(Instant.ofEpochSecond(1_443_945_000), ZoneOffset.UTC));
            assertThat(CoseSign1.decode(RFC8392_SIGNED, 1024).authenticatedThumbprint())
                    .isEqualTo(covered);
            assertThat(verifier.verify(RFC8392_SIGNED, issuer -> List.of(key)).contentThumbprint())
                    .isEqualTo(covered);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "d8", "d83d", "d83e", "d83dd1", "d83dd83dd18443a10105a041a05820"})
        void cutOffAtTheTagAreRefused(String token) throws Exception {
            VerificationKey key = VerificationKey.of(CoseAlgorithm.HMAC_256_256, SECRET);
            CwtVerifier verifier = new CwtVerifier(CwtPolicy.forAudience("rs"), Clock.fixed(NOW, ZoneOffset.UTC));
            assertThatThrownBy(() -> verifier.verify(hex(token), issuer -> List.of(key)))
                    .isInstanceOfSatisfying(
                            InvalidCwtException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
        }
    }

    @Nested
    class Candidates {

        private final VerificationKey right = VerificationKey.of(CoseAlgorithm.HMAC_256_256, SECRET);
        private final VerificationKey otherAlgorithm = VerificationKey.of(CoseAlgorithm.HMAC_256_64, SECRET);
        private final VerificationKey otherSecret =
                VerificationKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(new byte[32]));
        private final CwtVerifier verifier =
                new CwtVerifier(CwtPolicy.forAudience("rs"), Clock.fixed(NOW, ZoneOffset.UTC));
        private final byte[] token = new CwtIssuer("as", SigningKey.of(CoseAlgorithm.HMAC_256_256, SECRET))
                .issue(CwtClaims.builder()
                        .audience("rs")
                        .expiresAt(NOW.plusSeconds(60))
                        .build());

        Candidates() throws CoseException {}

        @Test
        void areEightOfTheTokensAlgorithmWhateverElseTheIssuerHas() throws Exception {
            List<VerificationKey> keys = new ArrayList<>(Collections.nCopies(20, otherAlgorithm));
            keys.addAll(Collections.nCopies(7, otherSecret));
            keys.add(right);
            assertThat(verifier.verify(token, issuer -> keys).contentThumbprint())
                    .isEqualTo(verifier.verify(token, issuer -> List.of(right)).contentThumbprint());
            keys.add(0, otherSecret);
            assertThatThrownBy(() -> verifier.verify(token, issuer -> keys))
                    .isInstanceOfSatisfying(
                            InvalidCwtException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.BAD_SIGNATURE));
        }

        @Test
        void ofAnotherAlgorithmDoNotHideThatTheSignatureIsBad() {
            assertThatThrownBy(() -> verifier.verify(token, issuer -> List.of(otherSecret, otherAlgorithm)))
                    .isInstanceOfSatisfying(
                            InvalidCwtException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.BAD_SIGNATURE));
        }
    }

    private static void assertMalformed(String encoded) {
        assertThatThrownBy(() -> CwtClaims.decode(hex(encoded), 2048))
                .isInstanceOfSatisfying(
                        InvalidCwtException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }
}
