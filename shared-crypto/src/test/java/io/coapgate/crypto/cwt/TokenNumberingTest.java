package io.coapgate.crypto.cwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.crypto.cwt.TokenNumbering.Form;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenNumberingTest {
    private static final TokenNumbering BINARY = new TokenNumbering("rs1", Form.BINARY);
    private static final TokenNumbering DIGITS = new TokenNumbering("rs1", Form.DIGITS);

    private static CwtId id(String hex) {
        return CwtId.of(HexFormat.of().parseHex(hex));
    }

    @Test
    void writesTheNameAndTheNumberBehindIt() {
        assertThat(BINARY.id(258)).isEqualTo(id("72733100000102"));
        assertThat(DIGITS.id(258)).isEqualTo(CwtId.of("rs1258".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void readsWhatItWrites(Form form) {
        TokenNumbering numbering = new TokenNumbering("ü".repeat(TokenNumbering.MAX_NAME_BYTES / 2), form);
        for (long number : new long[] {0, 1, 255, 256, TokenNumbering.MAX_NUMBER}) {
            assertThat(numbering.numberOf(numbering.id(number))).hasValue(number);
        }
    }

    @Test
    void readsNumbersOfAnyWidth() {
        assertThat(BINARY.numberOf(id("72733105"))).hasValue(5);
        assertThat(BINARY.numberOf(id("7273317fffffffffffffff"))).hasValue(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"727331", "72733201", "7273", "7273318000000000000000", "727331000000000000000001"})
    void whatIsNoNumberOfThisServerIsNone(String cti) {
        assertThat(BINARY.numberOf(id(cti))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rs1", "rs2 1", "rs1-1", "rs1+1", "rs1 1", "rs11234567890123456789", "rs1\u0661"})
    void onlyDigitsAreDigits(String cti) {
        assertThat(DIGITS.numberOf(CwtId.of(cti.getBytes(UTF_8)))).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFitIntoACti() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenNumbering("", Form.BINARY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenNumbering("r".repeat(TokenNumbering.MAX_NAME_BYTES + 1), Form.DIGITS));
        assertThatIllegalArgumentException().isThrownBy(() -> BINARY.id(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> BINARY.id(TokenNumbering.MAX_NUMBER + 1));
    }
}
