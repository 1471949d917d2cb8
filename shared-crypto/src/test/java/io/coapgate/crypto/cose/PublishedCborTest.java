package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.cose.CoseException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** {@link StrictCbor} and the published lists: what an RFC shows is read as the RFC says, or refused for a known reason. */
class PublishedCborTest {

    private static final int MAX = 4096;
    private static final char NO_QUOTES = '`';

    @ParameterizedTest(name = "{1}")
    @CsvFileSource(resources = "rfc8949-appendix-a.txt", delimiter = '|', quoteCharacter = NO_QUOTES)
    void readsTheExamplesOfAppendixAOrSaysWhyNot(String encoded, String value, String outcome) throws Exception {
        if (!outcome.equals("accepted")) {
            assertMalformed(encoded, outcome);
            return;
        }
        CBORObject decoded = StrictCbor.decode(hex(encoded), MAX);
        if (decoded.getType() == CBORType.FloatingPoint) {
            assertThat(decoded.AsDoubleValue()).isEqualTo(Double.valueOf(value)); // boxed: -0.0 is not 0.0, NaN is NaN
        } else {
            assertThat(diagnostic(decoded)).isEqualTo(value);
        }
        assertThat(hex(StrictCbor.encode(decoded)))
                .isEqualTo(encoded)
                .isEqualTo(hex(StrictCbor.encode(StrictCbor.decode(hex(encoded), encoded.length() / 2))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "rfc8949-appendix-f.txt", delimiter = '|')
    void refusesWhatAppendixFCallsNotWellFormed(String kind, String encoded) {
        assertMalformed(encoded, "");
        assertMalformed("81" + encoded, "");
        assertMalformed("a100" + encoded, "");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "not-preferred.txt", delimiter = '|')
    void refusesWhatIsLongerThanItNeedsToBe(String kind, String encoded) {
        assertMalformed(encoded, "longer than it needs to be");
        assertMalformed("81" + encoded, "longer than it needs to be");
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "utf-8.txt", delimiter = '|')
    void readsTextThatIsUtf8AndNoOther(String kind, String bytes, String outcome) throws Exception {
        String text = "%02x".formatted(0x60 + bytes.length() / 2) + bytes;
        if (outcome.equals("valid")) {
            assertThat(StrictCbor.decode(hex(text), MAX).AsString())
                    .isEqualTo(new String(hex(bytes), StandardCharsets.UTF_8));
            assertThat(hex(StrictCbor.encode(StrictCbor.decode(hex(text), MAX))))
                    .isEqualTo(text);
            return;
        }
        assertMalformed(text, "UTF-8");
        assertMalformed("81" + text, "UTF-8");
        assertMalformed("a1" + text + "00", "UTF-8");
    }

    private static void assertMalformed(String encoded, String why) {
        assertThatThrownBy(() -> StrictCbor.decode(hex(encoded), MAX))
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED))
                .hasMessageContaining(why);
    }

    /** The diagnostic notation of RFC 8949 §8, as far as Appendix A needs it for what is accepted. */
    private static String diagnostic(CBORObject value) {
        return switch (value.getType()) {
            case Integer -> value.AsEIntegerValue().toString();
            case ByteString -> "h'" + hex(value.GetByteString()) + "'";
            case TextString -> quoted(value.AsString());
            case Array ->
                value.getValues().stream()
                        .map(PublishedCborTest::diagnostic)
                        .collect(Collectors.joining(", ", "[", "]"));
            case Map ->
                value.getEntries().stream()
                        .map(entry -> diagnostic(entry.getKey()) + ": " + diagnostic(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Boolean -> Boolean.toString(value.AsBoolean());
            default -> value.isNull() ? "null" : "not expected: " + value.getType();
        };
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(c ->
                        c == '"' || c == '\\' ? "\\" + (char) c : c < 0x7f ? "" + (char) c : "\\u%04x".formatted(c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
