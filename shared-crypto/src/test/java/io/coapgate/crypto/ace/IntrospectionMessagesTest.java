package io.coapgate.crypto.ace;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.AceFormatException.Reason;
import io.coapgate.crypto.cwt.ClaimLabel;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.key.KeyId;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9200 §5.9. */
class IntrospectionMessagesTest {

    private static String b64(String text) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(text));
    }

    @Test
    void readsTheRequestOfFigure9() throws Exception {
        byte[] figure9 = hex("a2" + "0b48" + b64("7gj0dXJQ43U=") + "182102");
        IntrospectionRequest request = IntrospectionRequest.decode(figure9, 100);
        assertThat(request.token()).isEqualTo(hex(b64("7gj0dXJQ43U=")));
        assertThat(request.encode()).isEqualTo(hex("a10b48" + b64("7gj0dXJQ43U=")));
    }

    @Test
    void readsTheResponseOfFigure10() throws Exception {
        byte[] figure10 = hex("a4" + "0af5" + "096472656164" + "182601" + "08a101a3010402" + "44" + b64("39Gqlw==")
                + "204f" + b64("hJtXhkV8FJG+Onbc6mxC"));
        CwtClaims claims = IntrospectionResponse.decode(figure10, 200).claims().orElseThrow();
        assertThat(claims.scope()).contains("read");
        assertThat(claims.other(ClaimLabel.of(38))).contains(hex("01"));
        assertThat(claims.confirmation()).containsInstanceOf(Confirmation.OfKey.class);
        Confirmation.OfKey key = (Confirmation.OfKey) claims.confirmation().orElseThrow();
        assertThat(key.key().keyId()).contains(KeyId.of(hex(b64("39Gqlw=="))));
        assertThat(key.key().secret().orElseThrow().length()).isEqualTo(15);
    }

    @Test
    void writesWhatItReads() throws Exception {
        CwtClaims claims = CwtClaims.builder()
                .issuer("as")
                .subject("d1")
                .audience("rs")
                .expiresAt(Instant.ofEpochSecond(1_700_000_000))
                .scope("read")
                .confirmation(Confirmation.of(KeyId.ofUtf8("k")))
                .build();
        byte[] encoded = IntrospectionResponse.active(claims).encode();
        assertThat(encoded)
                .isEqualTo(hex("a7" + "01626173" + "02626431" + "03627273" + "041a6553f100" + "08a103416b"
                        + "096472656164" + "0af5"));
        assertThat(IntrospectionResponse.decode(encoded, 200)
                        .claims()
                        .orElseThrow()
                        .encode())
                .isEqualTo(claims.encode());
    }

    @Test
    void saysNothingMoreOfATokenThatIsNotActive() throws Exception {
        assertThat(IntrospectionResponse.INACTIVE.encode()).isEqualTo(hex("a10af4"));
        assertThat(IntrospectionResponse.decode(hex("a20af4096472656164"), 100))
                .isEqualTo(IntrospectionResponse.INACTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "a0, MISSING_PARAMETER",
        "a10a01, INVALID_PARAMETER",
        "a10af6, INVALID_PARAMETER",
        "80, MALFORMED",
        "a20af50af5, MALFORMED",
        "a20af50901, INVALID_PARAMETER",
        "a20af508a0, INVALID_PARAMETER"
    })
    void refusesOtherResponses(String encoded, Reason reason) {
        assertThatThrownBy(() -> IntrospectionResponse.decode(hex(encoded), 100))
                .isInstanceOfSatisfying(
                        AceFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "a0, MISSING_PARAMETER",
        "a10b6161, INVALID_PARAMETER",
        "a10b41aa00, MALFORMED",
        "a10b49000000000000000000, TOO_LARGE"
    })
    void refusesOtherRequests(String encoded, Reason reason) {
        assertThatThrownBy(() -> IntrospectionRequest.decode(hex(encoded), 10))
                .isInstanceOfSatisfying(
                        AceFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    /** RFC 9770 §4: the hash input is the token's base64url text, and the first byte names the function (RFC 6920 §6). */
    @Test
    void namesATokenByItsHash() {
        byte[] token = hex("d83dd0835820");
        TokenHash hash = TokenHash.of(token);
        // printf 2D3Qg1gg | sha256sum
        assertThat(hash).hasToString("01" + "afe19351a7fc95feaa160b1d6fb278586f639076a45973d0a208dc9ea395fa65");
        assertThat(TokenHash.ofText("2D3Qg1gg")).isEqualTo(hash);
        assertThat(TokenHash.ofBytes(hash.bytes())).contains(hash);
        assertThat(TokenHash.ofBytes(new byte[33])).isEmpty();
        assertThat(TokenHash.ofBytes(new byte[] {1})).isEmpty();
    }
}
