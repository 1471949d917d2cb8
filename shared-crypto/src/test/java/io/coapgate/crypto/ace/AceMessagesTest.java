package io.coapgate.crypto.ace;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.AceFormatException.Reason;
import io.coapgate.crypto.key.KeyId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AceMessagesTest {

    @Nested
    class CreationHintsOfRfc9200 {

        /** RFC 9200 §5.3, Figure 2. */
        private static final byte[] FIGURE_2 = hex("a401781c636f6170733a2f2f61732e6578616d706c652e636f6d2f746f6b656e"
                + "0576636f6170733a2f2f72732e6578616d706c652e636f6d096672" + "54656d7043" + "182745e0a156bb3f");

        @Test
        void readAndWriteFigure2() throws Exception {
            CreationHints hints = CreationHints.decode(FIGURE_2);
            assertThat(hints.authorizationServer()).contains("coaps://as.example.com/token");
            assertThat(hints.audience()).contains("coaps://rs.example.com");
            assertThat(hints.scope()).contains("rTempC");
            assertThat(hints.cnonce()).contains(hex("e0a156bb3f"));
            assertThat(hints.keyId()).isEmpty();
            assertThat(hints.encode()).isEqualTo(FIGURE_2);
        }

        @Test
        void carryAKeyIdentifier() throws Exception {
            byte[] encoded =
                    CreationHints.builder().keyId(KeyId.ofUtf8("k")).build().encode();
            assertThat(encoded).isEqualTo(hex("a102416b"));
            assertThat(CreationHints.decode(encoded).keyId()).contains(KeyId.ofUtf8("k"));
        }

        @ParameterizedTest
        @CsvSource({
            "AS as bytes, INVALID_PARAMETER, a10141aa",
            "kid empty, INVALID_PARAMETER, a10240",
            "kid as text, INVALID_PARAMETER, a1026161",
            "scope as bytes, INVALID_PARAMETER, a10941aa",
            "not a map, MALFORMED, 80",
            "trailing bytes, MALFORMED, a000"
        })
        void areRefusedWith(String name, Reason reason, String encoded) {
            assertReason(reason, () -> CreationHints.decode(hex(encoded)));
        }
    }

    @Nested
    class Uploads {

        @Test
        void carryTheTokenUnderKey1() throws Exception {
            AccessTokenUpload upload = AccessTokenUpload.of(hex("d18440"));
            assertThat(upload.encode()).isEqualTo(hex("a10143d18440"));
            assertThat(AccessTokenUpload.decode(upload.encode(), 100)).isEqualTo(upload);
            assertThat(AccessTokenUpload.decode(hex("a20143d18440182b41aa"), 100)
                            .accessToken())
                    .isEqualTo(hex("d18440"));
        }

        @ParameterizedTest
        @CsvSource({
            "no token, MISSING_PARAMETER, a0",
            "a token of text, INVALID_PARAMETER, a1016161",
            "a token of null, INVALID_PARAMETER, a101f6",
            "a bare token, MALFORMED, d18440a04040",
            "two tokens, MALFORMED, a2014101014102",
            "nothing, MALFORMED, ''"
        })
        void areRefusedWith(String name, Reason reason, String encoded) {
            assertReason(reason, () -> AccessTokenUpload.decode(hex(encoded), 100));
        }

        @Test
        void areCapped() {
            assertReason(Reason.TOO_LARGE, () -> AccessTokenUpload.decode(hex("a10143d18440"), 5));
        }

        @Test
        void showNoToken() {
            assertThat(AccessTokenUpload.of(hex("d18440"))).hasToString("AccessTokenUpload[3 bytes]");
        }
    }

    @Nested
    class ProblemDetailsOfRfc9290 {

        @Test
        void roundTrip() throws Exception {
            ProblemDetails details = ProblemDetails.titled("token expired")
                    .withDetail("ask for a new one")
                    .withResponseCode(129);
            ProblemDetails read = ProblemDetails.decode(details.encode());
            assertThat(read).isEqualTo(details);
            assertThat(read.title()).contains("token expired");
            assertThat(read.responseCode()).hasValue(129);
        }

        @Test
        void useTheStandardKeys() {
            assertThat(ProblemDetails.titled("a")
                            .withDetail("b")
                            .withResponseCode(132)
                            .encode())
                    .isEqualTo(hex("a320616121616223" + "1884"));
        }

        @Test
        void passOverWhatIsNotKnown() throws Exception {
            assertThat(ProblemDetails.decode(hex("a3206161240161" + "78a10102")).title())
                    .contains("a");
        }

        @ParameterizedTest
        @CsvSource({
            "empty, MISSING_PARAMETER, a0",
            "title of bytes, INVALID_PARAMETER, a12041aa",
            "code too large, INVALID_PARAMETER, a123190100",
            "code negative, INVALID_PARAMETER, a12320",
            "code huge, INVALID_PARAMETER, a1231bffffffffffffffff"
        })
        void areRefusedWith(String name, Reason reason, String encoded) {
            assertReason(reason, () -> ProblemDetails.decode(hex(encoded)));
        }

        @Test
        void haveACodeOfOneByte() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProblemDetails.titled("a").withResponseCode(256));
        }
    }

    @Nested
    class PskIdentities {

        /** RFC 9202 §3.3.2, Figure 7. */
        private static final byte[] EXAMPLE = hex("a108a101a2010402483d027833fc6267ce");

        @Test
        void areThoseOfRfc9202() throws Exception {
            KeyId kid = KeyId.of(hex("3d027833fc6267ce"));
            assertThat(PskIdentity.encode(kid)).isEqualTo(EXAMPLE);
            assertThat(PskIdentity.decode(EXAMPLE)).isEqualTo(kid);
        }

        @ParameterizedTest
        @CsvSource({
            "a device name, MALFORMED, 6465766963652d31",
            "a map without cnf, MISSING_PARAMETER, a0",
            "a cnf with a secret, INVALID_PARAMETER, a108a101a3010402416b2041aa",
            "a cnf of another kind, INVALID_PARAMETER, a108a10241aa"
        })
        void areRefusedIfTheyAre(String name, Reason reason, String encoded) {
            assertReason(reason, () -> PskIdentity.decode(hex(encoded)));
        }
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AceFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
