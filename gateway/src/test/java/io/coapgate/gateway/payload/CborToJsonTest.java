package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.Payloads.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.payload.ConversionException.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborToJsonTest {
    @ParameterizedTest
    @MethodSource("appendixA")
    void saysWhatRfc8949AppendixAShows(List<String> row) throws Exception {
        if (row.get(1).equals("inexpressible")) {
            assertFault(row.get(0), Fault.INEXPRESSIBLE);
        } else {
            assertThat(json(row.get(0))).isEqualTo(row.get(1));
        }
    }

    static List<List<String>> appendixA() throws IOException {
        List<List<String>> rows = Payloads.table("rfc8949-appendix-a-json.txt");
        assertThat(rows).hasSize(81);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("appendixF")
    void refusesWhatRfc8949AppendixFShows(List<String> row) {
        assertFault(row.get(1), Fault.MALFORMED);
    }

    static List<List<String>> appendixF() throws IOException {
        return Payloads.table("rfc8949-appendix-f.txt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1b0000000000000001 | 1",
                "3900ff | -256",
                "5b000000000000000101 | '\"AQ\"'",
                "7a000000026161 | '\"aa\"'",
                "9b000000000000000101 | [1]",
                "fb3ff0000000000000 | 1.0",
                "fa7f7fffff | 3.4028234663852886e38",
                "fa4048f5c3 | 3.140000104904175",
                "fb4009 1eb851eb851f | 3.14",
                "fb0000000000000001 | 4.9e-324",
                "fb7fefffffffffffff | 1.7976931348623157e308",
                "fb3f50624dd2f1a9fc | 0.001",
                "fb4340000000000000 | 9.007199254740992e15",
                "fb0010000000000000 | 2.2250738585072014e-308"
            })
    void takesAnyWellFormedEncodingAndPrintsTheShortestThatADoubleReadsBack(String cbor, String expected)
            throws Exception {
        assertThat(json(cbor)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "d544fbff0001 | \"-_8AAQ\"",
                "d644fbff0001 | \"+/8AAQ==\"",
                "d744fbff0001 | \"FBFF0001\"",
                "d682 41fb d741fb | [\"+w==\",\"FB\"]",
                "d6a1 6161 41fb | {\"a\":\"+w==\"}",
                "d9d9f7 01 | 1",
                "d903ec6a323031332d30332d3231 | \"2013-03-21\""
            })
    void writesBytesAsTheTagsAroundThemExpect(String cbor, String expected) throws Exception {
        assertThat(json(cbor)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "c100, 1970-01-01T00:00:00Z",
        "c120, 1969-12-31T23:59:59Z",
        "c1f9b800, 1969-12-31T23:59:59.5Z",
        "c1fb41d452d9ec07ae14, 2013-03-21T20:04:00.12Z",
        "c13b0000000e79747bff, 0000-01-01T00:00:00Z",
        "c11b0000003afff4417f, 9999-12-31T23:59:59Z"
    })
    void writesEpochTimesInUtcWithEveryDigit(String cbor, String expected) throws Exception {
        assertThat(json(cbor)).isEqualTo('"' + expected + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c11b0000003afff44180", // 10000-01-01
                "c13b0000000e79747c00", // the year -1
                "c1fb7e37e43c8800759c",
                "c1f97e00",
                "c1c2581dffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void refusesTimesThatRfc3339CanNotSay(String cbor) {
        assertFault(cbor, Fault.INEXPRESSIBLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c06161", // "a"
                "c001",
                "c06a323031332d30332d3231", // a date without a time
                "c074323031332d30332d33325432303a30343a30305a", // the 32nd
                "c073323031332d30332d32315432303a30343a3030", // without an offset
                "c16161",
                "c1f6",
                "c201",
                "c3f6",
                "c401",
                "c48101",
                "c483010101",
                "c482f93c0001",
                "c4820161 31",
                "c58101",
                "d81801",
                "d8204161",
                "d903ec01"
            })
    void refusesTagsOnWhatTheyAreNotFor(String cbor) {
        assertFault(cbor, Fault.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2016-12-31T23:59:60Z",
                "2013-03-21t20:04:00z",
                "2013-03-21T20:04:00.123456789+01:00",
                "0000-01-01T00:00:00-12:00"
            })
    void takesTimesAsRfc3339WritesThem(String time) throws Exception {
        assertThat(json("c078%02x%s".formatted(time.length(), Payloads.hex(time.getBytes(UTF_8)))))
                .isEqualTo('"' + time + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2013-03-21T20:60:00Z",
                "2013-03-21T24:00:01Z",
                "2013-03-21T20:04Z          ",
                "2013-03-21 20:04:00Z",
                "2013-02-29T20:04:00Z",
                "+12013-03-21T20:04:00Z",
                "2013-03-21T20:04:61Z",
                "2013-03-21T20:04:00Z[Europe/Berlin]"
            })
    void refusesTimesThatRfc3339DoesNotWrite(String time) {
        assertFault("c078%02x%s".formatted(time.length(), Payloads.hex(time.getBytes(UTF_8))), Fault.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "c48221196ab3, 273.15e-0",
        "c4820219 01f4, 5.00e+4",
        "c4822003, 0.3",
        "c48200 05, 5",
        "c48219 03e7 01, 1e+999",
        "c482 3903e7 01, 1e-1000",
        "c48221c24a0100 0000000000000000, 47223664828696452136.96",
        "c482001b 7fffffffffffffff, 9223372036854775807",
        "c4821a7fffffff00, 0"
    })
    void writesDecimalFractionsExactly(String cbor, String expected) throws Exception {
        String text = json(cbor.replace(" ", ""));

        assertThat(new BigDecimal(text)).isEqualByComparingTo(expected);
        assertThat(text).doesNotContain("E").hasSizeLessThan(30);
    }

    @ParameterizedTest
    @CsvSource({
        "c5822001, 0.5",
        "c5822103, 0.75",
        "c5820103, 6",
        "c5822002, 1",
        "c5822000, 0",
        "c58229391387, -4.8828125", // -5000 / 1024
        "c5823831 3a000f423f, -8.8817841970012523233890533447265625e-10" // -1000000 / 2^50
    })
    void writesBigfloatsExactly(String cbor, String expected) throws Exception {
        assertThat(new BigDecimal(json(cbor))).isEqualByComparingTo(expected);
    }

    @Test
    void writesTheSmallestDoubleExactlyAsABigfloat() throws Exception {
        assertThat(new BigDecimal(json("c58239043101"))).isEqualByComparingTo(new BigDecimal(Double.MIN_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c482 1903e9 01", // 10^1001
                "c482 3903e8 01", // 10^-1001
                "c482 1a7fffffff 01",
                "c482 1bffffffffffffffff 01",
                "c482 3bffffffffffffffff 01",
                "c582 19044d 01", // 2^1101
                "c582 39044c 01",
                "c582 1bffffffffffffffff 01",
                "c482 c249010000000000000000 01"
            })
    void refusesExponentsThatWouldCostMuch(String cbor) {
        assertFault(cbor, Fault.INEXPRESSIBLE);
    }

    @Test
    void boundsTheDigitsOfIntegers() throws Exception {
        assertThat(json("c2" + "59019f" + "01".repeat(415))).hasSizeLessThanOrEqualTo(1000);
        assertFault("c2" + "5901a1" + "01".repeat(417), Fault.INEXPRESSIBLE);
        assertThat(json("c2" + "5903e8" + "00".repeat(999) + "07")).isEqualTo("7");
        assertThat(json("c340")).isEqualTo("-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"d9010001", "d82550000102030405060708090a0b0c0d0e0f", "d86401", "dbffffffffffffffff01"})
    void refusesTagsWhoseMeaningWouldBeLost(String cbor) {
        assertFault(cbor, Fault.INEXPRESSIBLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a14101 01",
                "a1f4 01",
                "a1f93c00 01",
                "a180 01",
                "a1c100 01",
                "a1c24101 01",
                "a1d8206161 01",
                "a1f6 01"
            })
    void refusesKeysThatAreNeitherTextNorInteger(String cbor) {
        assertFault(cbor, Fault.INEXPRESSIBLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a2 6161 01 6161 02",
                "a2 01 01 1801 02",
                "a2 01 01 6131 02", // 1 and "1"
                "bf 6161 01 7f6161ff 02 ff"
            })
    void refusesKeysThatCollide(String cbor) {
        assertFault(cbor, Fault.MALFORMED);
    }

    @Test
    void keepsIntegerKeysAsTheirDigits() throws Exception {
        assertThat(json("a4 0a01 2002 1bffffffffffffffff03 3bffffffffffffffff04"))
                .isEqualTo("{\"10\":1,\"-1\":2,\"18446744073709551615\":3,\"-18446744073709551616\":4}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0101", // two items
                "a1 6161", // a key without a value
                "bf 6161 ff",
                "61ff",
                "62c328",
                "63eda080", // a surrogate
                "7f61c361bcff", // a character over two chunks
                "5f6161ff",
                "7f7f6161ffff",
                "ff",
                "81ff",
                "a1ff01",
                "c1ff",
                "f818",
                "1c",
                "5c",
                "fc",
                "df01"
            })
    void refusesWhatIsNotOneValidItem(String cbor) {
        assertFault(cbor, Fault.MALFORMED);
    }

    @Test
    void keepsTheReplacementCharacterAndEscapesControls() throws Exception {
        assertThat(json("63efbfbd")).isEqualTo("\"\ufffd\"");
        assertThat(json("66000a0d091f7f")).isEqualTo("\"\\u0000\\n\\r\\t\\u001f\u007f\"");
    }

    private static void assertFault(String cbor, Fault fault) {
        assertThatThrownBy(() -> json(cbor))
                .isInstanceOfSatisfying(
                        ConversionException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
