package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.Payloads.cbor;
import static io.coapgate.gateway.payload.Payloads.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.payload.ConversionException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonToCborTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "0 | 00",
                "23 | 17",
                "24 | 1818",
                "255 | 18ff",
                "256 | 190100",
                "65536 | 1a00010000",
                "4294967296 | 1b0000000100000000",
                "18446744073709551615 | 1bffffffffffffffff",
                "18446744073709551616 | c249010000000000000000",
                "-1 | 20",
                "-18446744073709551616 | 3bffffffffffffffff",
                "-18446744073709551617 | c349010000000000000000",
                "340282366920938463463374607431768211455 | c250ffffffffffffffffffffffffffffffff",
                "-0 | f98000",
                "-0.0 | f98000",
                "0.0 | f90000",
                "0e999999999 | f90000",
                "1.0 | f93c00",
                "1e3 | f963d0",
                "1E+3 | f963d0",
                "1.5 | f93e00",
                "65504.0 | f97bff",
                "65505.0 | fa477fe100",
                "5.960464477539063e-8 | f90001",
                "2.9802322387695312e-8 | fa33000000",
                "100000.0 | fa47c35000",
                "3.4028234663852886e+38 | fa7f7fffff",
                "0.1 | fb3fb999999999999a",
                "0.10 | fb3fb999999999999a",
                "23.1 | fb403719999999999a",
                "1.0e300 | fb7e37e43c8800759c",
                "4.9e-324 | fb0000000000000001",
                "1.7976931348623157e308 | fb7fefffffffffffff",
                "1e400 | c48219019001",
                "1e-400 | c48239018f01",
                "1.7976931348623159e308 | c4821901241b003fddec7f2faf37",
                "true | f5",
                "false | f4",
                "null | f6",
                "\"\" | 60",
                "\"IETF\" | 6449455446",
                "\"\\ud800\\udd51\" | 64f0908591",
                "\"2013-03-21T20:04:00Z\" | 74323031332d30332d32315432303a30343a30305a",
                "\"AQIDBA\" | 6641514944 4241",
                "[] | 80",
                "{} | a0",
                " [ 1 , [ 2 ] , { \"b\" : null , \"a\" : 1 } ] | 83018102a26162f6616101"
            })
    void choosesThePreferredSerialization(String json, String expected) throws Exception {
        assertThat(cbor(json)).isEqualTo(expected.replace(" ", ""));
    }

    @Test
    void makesADecimalFractionOfANumberThatNoDoubleHolds() throws Exception {
        assertThat(cbor("0.10000000000000001")).isEqualTo("c482301b002386f26fc10001");
        assertThat(cbor("-3.14159265358979323846")).isEqualTo("c48233c3491107d5eb5b5ba4d7c5");
        assertThat(cbor("12345678901234567890.5")).isEqualTo("c48220c24906b14e9f812f366c39");
        assertThat(cbor("9007199254740993.0")).isEqualTo("c482201b014000000000000a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "tru",
                "nul",
                "{",
                "[1",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "[1] 2",
                "1 2",
                "01",
                "+1",
                "1.",
                ".5",
                "0x1",
                "NaN",
                "Infinity",
                "-Infinity",
                "// a\n1",
                "/* a */1",
                "\"a",
                "\"\\x\"",
                "\"\n\"",
                "\"\\u12\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "{\"\\ud800\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "[{\"b\":{\"a\":1,\"a\":1}}]"
            })
    void refusesWhatIsNotOneStrictJsonText(String json) {
        assertFault(json, Fault.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22ff22", "22c328", "22eda08022", "fffe310000", "310000", "0031"})
    void refusesBytesThatAreNotUtf8Json(String bytes) {
        assertThatThrownBy(() -> PayloadCodec.CBOR_JSON.toCbor(60, hex(bytes), Payloads.LIMIT))
                .isInstanceOf(ConversionException.class);
    }

    @Test
    void passesOverAByteOrderMark() throws Exception {
        assertThat(cbor("\ufeff1")).isEqualTo("01");
        assertFault("\ufeff\ufeff1", Fault.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1001", "1e-1001", "1e999999999", "1e99999999999", "-1e-2147483648", "1.5e2147483647"})
    void refusesExponentsThatWouldCostMuch(String json) {
        assertFault(json, Fault.INEXPRESSIBLE);
    }

    @Test
    void boundsTheDigitsOfNumbers() throws Exception {
        assertThat(cbor("9".repeat(999))).startsWith("c259");
        assertFault("9".repeat(1001), Fault.INEXPRESSIBLE);
        assertFault("9".repeat(100_000), Fault.INEXPRESSIBLE);
        assertThat(cbor("0." + "1".repeat(998))).startsWith("c4823903e5c259");
        assertFault("0." + "1".repeat(1001), Fault.INEXPRESSIBLE);
    }

    private static void assertFault(String json, Fault fault) {
        assertThatThrownBy(() -> cbor(json))
                .isInstanceOfSatisfying(
                        ConversionException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
