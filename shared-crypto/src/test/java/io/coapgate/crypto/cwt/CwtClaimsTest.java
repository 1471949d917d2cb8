package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.TestVectors.RFC8392_CLAIMS;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_256;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_EC;
import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.key.KeyId;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CwtClaimsTest {

    private static final int MAX = 2048;
    private static final Instant EXP = Instant.ofEpochSecond(1_444_064_944);

    @Test
    void readsAndWritesTheClaimsOfRfc8392() throws Exception {
        CwtClaims claims = CwtClaims.decode(RFC8392_CLAIMS, MAX);
        assertThat(claims.issuer()).contains("coap://as.example.com");
        assertThat(claims.subject()).contains("erikw");
        assertThat(claims.audience()).containsExactly("coap://light.example.com");
        assertThat(claims.expiresAt()).contains(EXP);
        assertThat(claims.notBefore()).contains(Instant.ofEpochSecond(1_443_944_944));
        assertThat(claims.issuedAt()).contains(Instant.ofEpochSecond(1_443_944_944));
        assertThat(claims.id()).contains(CwtId.of(hex("0b71")));
        assertThat(claims.encode()).isEqualTo(RFC8392_CLAIMS);
    }

    /** RFC 9200 §5.3.1. */
    @Test
    void mayCarryANonceOfTheRecipient() throws Exception {
        CwtClaims claims = CwtClaims.decode(hex("a1182743e0a156"), MAX);
        assertThat(claims.cnonce()).contains(hex("e0a156"));
        assertThat(claims.toBuilder().build().encode()).isEqualTo(hex("a1182743e0a156"));
        assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a1182740"), MAX));
        assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a118276161"), MAX));
        assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a118275841" + "00".repeat(65)), MAX));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CwtClaims.builder().cnonce(new byte[0]));
    }

    @Nested
    class Times {

        @Test
        void mayBeFloats() throws Exception {
            CwtClaims claims = CwtClaims.decode(hex("a106fb41d584367c200000"), MAX);
            assertThat(claims.issuedAt()).contains(Instant.ofEpochSecond(1_443_944_944, 500_000_000));
            assertThat(claims.encode()).isEqualTo(hex("a106fb41d584367c200000"));
        }

        @Test
        void reachFrom1970ToTheEndOf9999() throws Exception {
            assertThat(CwtClaims.decode(hex("a10400"), MAX).expiresAt()).contains(Instant.EPOCH);
            assertThat(CwtClaims.decode(hex("a1041b0000003afff4417f"), MAX).expiresAt())
                    .contains(Instant.parse("9999-12-31T23:59:59Z"));
        }

        @ParameterizedTest
        @CsvSource({
            "not a number, a104f97e00",
            "infinite, a104f97c00",
            "minus infinite, a104f9fc00",
            "negative, a10420",
            "negative float, a104f9bc00",
            "in the year 10000, a1041b0000003afff44180",
            "of 64 bits, a1041bffffffffffffffff",
            "a huge float, a104fb7e37e43c8800759c",
            "text, a1046a31343434303634393434",
            "bytes, a104445612aeb0",
            "null, a104f6",
            "tagged, a104c11a5612aeb0",
            "an array, a104811a5612aeb0"
        })
        void areRefusedIfTheyAre(String name, String encoded) {
            for (String label : new String[] {"a104", "a105", "a106"}) {
                assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex(label + encoded.substring(4)), MAX));
            }
        }

        @Test
        void areCutToWholeSecondsWhenBuilt() {
            CwtClaims claims = CwtClaims.builder()
                    .expiresAt(Instant.parse("2026-01-01T00:00:00.999Z"))
                    .build();
            assertThat(claims.encode()).hasSize(7);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CwtClaims.builder().notBefore(Instant.MAX));
        }
    }

    @Nested
    class Names {

        @ParameterizedTest
        @CsvSource({
            "bytes, 4161",
            "number, 01",
            "empty, 60",
            "with a line break, 630a6161",
            "null, f6",
        })
        void areRefusedIfTheyAre(String name, String value) {
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a101" + value), MAX));
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a102" + value), MAX));
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a103" + value), MAX));
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a10381" + value), MAX));
        }

        @Test
        void haveAtMost255Characters() throws Exception {
            String longest = "a".repeat(255);
            assertThat(CwtClaims.decode(
                                    CwtClaims.builder().subject(longest).build().encode(), MAX)
                            .subject())
                    .contains(longest);
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a102790100" + "61".repeat(256)), MAX));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CwtClaims.builder().subject(longest + "a"));
        }

        @Test
        void ofSeveralAudiencesStandInAnArray() throws Exception {
            CwtClaims claims = CwtClaims.builder().audience("a").audience("b").build();
            assertThat(claims.encode()).isEqualTo(hex("a1038261616162"));
            assertThat(CwtClaims.decode(claims.encode(), MAX).audience()).containsExactly("a", "b");
            assertThat(CwtClaims.decode(hex("a103816161"), MAX).audience()).containsExactly("a");
        }

        @Test
        void ofNobodyOrOfACrowdAreRefused() {
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a10380"), MAX));
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a10391" + "6161".repeat(17)), MAX));
        }
    }

    @Nested
    class Confirmations {

        @Test
        void byKeyRoundTripWithoutThePrivatePart() throws Exception {
            CoseKey key = CoseKey.decode(RFC8392_KEY_EC);
            CwtClaims claims =
                    CwtClaims.builder().confirmation(Confirmation.of(key)).build();
            Confirmation read =
                    CwtClaims.decode(claims.encode(), MAX).confirmation().orElseThrow();
            assertThat(read).isInstanceOfSatisfying(Confirmation.OfKey.class, of -> {
                assertThat(of.key().privateKey()).isEmpty();
                assertThat(of.key().thumbprint()).isEqualTo(key.thumbprint());
            });
            assertThatIllegalArgumentException().isThrownBy(() -> new Confirmation.OfKey(key));
        }

        @Test
        void bySecretKeyRoundTrip() throws Exception {
            CoseKey key = CoseKey.decode(RFC8392_KEY_256);
            byte[] encoded = CwtClaims.builder()
                    .confirmation(Confirmation.of(key))
                    .build()
                    .encode();
            assertThat(CwtClaims.decode(encoded, MAX).confirmation()).containsInstanceOf(Confirmation.OfKey.class);
        }

        @Test
        void byKeyIdRoundTrip() throws Exception {
            Confirmation confirmation = Confirmation.of(KeyId.ofUtf8("k1"));
            byte[] encoded =
                    CwtClaims.builder().confirmation(confirmation).build().encode();
            assertThat(encoded).isEqualTo(hex("a108a103426b31"));
            assertThat(CwtClaims.decode(encoded, MAX).confirmation()).contains(confirmation);
        }

        @Test
        void byNameOnlySymmetricKeyAreByKeyId() throws Exception {
            assertThat(CwtClaims.decode(hex("a108a101a2010402426b31"), MAX).confirmation())
                    .contains(Confirmation.of(KeyId.ofUtf8("k1")));
        }

        @ParameterizedTest
        @CsvSource({
            "empty, a0",
            "not a map, 80",
            "of two members, a203426b3101a2010402426b31",
            "Encrypted_COSE_Key, a10241aa",
            "unknown, a11863426b31",
            "named by text, a1636b6964426b31",
            "kid of text, a103626b31",
            "kid empty, a10340",
            "kid of 65 bytes, a1035841"
                    + "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
                    + "00000000000000000000000000000000000000000000000000",
            "a key that is none, a101a0",
            "a key of bytes, a10141aa",
            "a name-only key with kid of text, a101a2010402626b31"
        })
        void areRefusedIfTheyAre(String name, String cnf) {
            assertReason(Reason.INVALID_CONFIRMATION, () -> CwtClaims.decode(hex("a108" + cnf), MAX));
        }

        @Test
        void withAPrivateKeyAreRefused() {
            String key = hex(RFC8392_KEY_EC);
            assertReason(Reason.INVALID_CONFIRMATION, () -> CwtClaims.decode(hex("a108a101" + key), MAX));
        }
    }

    @Nested
    class Scopes {

        @Test
        void areTextOrBytes() throws Exception {
            CwtClaims text = CwtClaims.decode(hex("a1096172"), MAX);
            assertThat(text.scope()).contains("r");
            assertThat(text.scopeBytes()).isEmpty();
            CwtClaims bytes = CwtClaims.decode(hex("a10941aa"), MAX);
            assertThat(bytes.scope()).isEmpty();
            assertThat(bytes.scopeBytes()).contains(new byte[] {(byte) 0xaa});
            assertThat(bytes.encode()).isEqualTo(hex("a10941aa"));
        }

        @Test
        void areRefusedOtherwise() {
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a10901"), MAX));
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a109790401" + "61".repeat(1025)), MAX));
        }
    }

    @Nested
    class OtherClaims {

        @Test
        void areKeptAsTheyCame() throws Exception {
            byte[] encoded = hex("a3016161" + "182981f5" + "63666f6fa10102");
            CwtClaims claims = CwtClaims.decode(encoded, MAX);
            assertThat(claims.otherLabels()).containsExactlyInAnyOrder(ClaimLabel.of(41), ClaimLabel.of("foo"));
            assertThat(claims.other(ClaimLabel.of(41))).contains(hex("81f5"));
            assertThat(claims.other(ClaimLabel.of("foo"))).contains(hex("a10102"));
            assertThat(claims.encode()).isEqualTo(encoded);
        }

        @Test
        void areCheckedWhenBuilt() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CwtClaims.builder().other(ClaimLabel.of(1), hex("6161")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CwtClaims.builder().other(ClaimLabel.of(40), hex("9fff")));
        }

        @Test
        void areNamedByIntegersOrText() {
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a1414100"), MAX));
            assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex("a11bffffffffffffffff00"), MAX));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "an array, 80",
        "nothing, ''",
        "a claim twice, a2016161016162",
        "trailing bytes, a000",
        "cti as text, a1076161",
        "cti empty, a10740",
        "a claim with a tag, a11863c001"
    })
    void refusesClaimsThatAre(String name, String encoded) {
        assertReason(Reason.MALFORMED, () -> CwtClaims.decode(hex(encoded), MAX));
    }

    @Test
    void changesNothingByWayOfABuilder() throws Exception {
        CwtClaims claims = CwtClaims.decode(hex("a60161610382616261630400094101182801182901"), MAX);
        assertThat(claims.toBuilder().build().encode()).isEqualTo(claims.encode());
    }

    @Test
    void showsNeitherScopeNorKey() throws Exception {
        CwtClaims claims = CwtClaims.decode(RFC8392_CLAIMS, MAX).toBuilder()
                .scope("canary")
                .confirmation(Confirmation.of(CoseKey.decode(RFC8392_KEY_256)))
                .build();
        assertThat(claims.toString()).contains("erikw", "0b71").doesNotContain("canary", "403697");
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidCwtException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
