package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.Payloads.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.payload.ConversionException.Fault;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenmlTest {
    private static final int SENML_CBOR = 112;
    private static final int SENSML_CBOR = 113;

    /** RFC 8428 §6: the last example of §5.1.2 in CBOR. */
    private static final String VOLTAGE_AND_CURRENT = "87a721781b75726e3a6465763a6f773a313065323037336130313038303036"
            + "3a22fb41d303a15b00106223614120050067766f6c7461676501615602fb405e066666666666a3006763757272656e74062402fb"
            + "3ff3333333333333a3006763757272656e74062302fb3ff4cccccccccccda3006763757272656e74062202fb3ff6666666666666"
            + "a3006763757272656e74062102f93e00a3006763757272656e74062002fb3ff999999999999aa3006763757272656e74060002fb"
            + "3ffb333333333333";

    @Nested
    class TheExamplesOfRfc8428 {
        @Test
        void theCborExampleBecomesItsJson() throws Exception {
            assertThat(json(VOLTAGE_AND_CURRENT))
                    .isEqualTo(
                            "[{\"bn\":\"urn:dev:ow:10e2073a0108006:\",\"bt\":1.276020076001e9,\"bu\":\"A\",\"bver\":5,"
                                    + "\"n\":\"voltage\",\"u\":\"V\",\"v\":120.1},{\"n\":\"current\",\"t\":-5,\"v\":1.2},"
                                    + "{\"n\":\"current\",\"t\":-4,\"v\":1.3},{\"n\":\"current\",\"t\":-3,\"v\":1.4},"
                                    + "{\"n\":\"current\",\"t\":-2,\"v\":1.5},{\"n\":\"current\",\"t\":-1,\"v\":1.6},"
                                    + "{\"n\":\"current\",\"t\":0,\"v\":1.7}]");
        }

        /** The RFC's CBOR has a time of 0 in the last record, which its JSON leaves out. */
        @Test
        void theJsonExampleBecomesItsCbor() throws Exception {
            assertThat(cbor("""
                    [
                      {"bn":"urn:dev:ow:10e2073a0108006:","bt":1.276020076001e+09,
                       "bu":"A","bver":5,
                       "n":"voltage","u":"V","v":120.1},
                      {"n":"current","t":-5,"v":1.2},
                      {"n":"current","t":-4,"v":1.3},
                      {"n":"current","t":-3,"v":1.4},
                      {"n":"current","t":-2,"v":1.5},
                      {"n":"current","t":-1,"v":1.6},
                      {"n":"current","t":0,"v":1.7}
                    ]""")).isEqualTo(VOLTAGE_AND_CURRENT);
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.gateway.payload.SenmlTest#examples")
        void everyJsonExampleSurvivesTheWayThroughCbor(String example) throws Exception {
            String cbor = cbor(example);

            assertThat(JsonReader.read(json(cbor).getBytes(UTF_8)))
                    .usingRecursiveComparison()
                    .isEqualTo(JsonReader.read(example.getBytes(UTF_8)));
            assertThat(cbor(json(cbor))).isEqualTo(cbor);
            assertThat(cbor.length() / 2).isLessThan(example.length());
        }
    }

    static List<String> examples() {
        String baseFieldsAlone = "{\"bn\":\"urn:dev:ow:10e2073a01080063:\"}";
        return List.of(
                "[{\"n\":\"urn:dev:ow:10e2073a01080063\",\"u\":\"Cel\",\"v\":23.1}]",
                "[{\"bn\":\"urn:dev:ow:10e2073a01080063:\",\"n\":\"voltage\",\"u\":\"V\",\"v\":120.1},"
                        + "{\"n\":\"current\",\"u\":\"A\",\"v\":1.2}]",
                "[{\"bn\":\"urn:dev:ow:10e2073a01080063\",\"bt\":1.320067464e+09,\"bu\":\"%RH\",\"v\":21.2},"
                        + "{\"t\":10,\"v\":21.3},{\"t\":20,\"v\":21.4},{\"t\":30,\"v\":21.4},{\"t\":40,\"v\":21.5}]",
                "[{\"bn\":\"urn:dev:ow:10e2073a01080063\",\"bt\":1.320067464e+09,\"bu\":\"%RH\",\"v\":20},"
                        + "{\"u\":\"lon\",\"v\":24.30621},{\"u\":\"lat\",\"v\":60.07965},{\"t\":60,\"v\":20.3},"
                        + "{\"u\":\"%EL\",\"t\":150,\"v\":98}]",
                "[{\"bn\":\"urn:dev:ow:10e2073a01080063:\",\"n\":\"temp\",\"u\":\"Cel\",\"v\":23.1},"
                        + "{\"n\":\"label\",\"vs\":\"Machine Room\"},{\"n\":\"open\",\"vb\":false},"
                        + "{\"n\":\"nfc-reader\",\"vd\":\"aGkgCg\"}]",
                "[{\"bn\":\"2001:db8::2/\",\"bt\":1.320078429e+09,\"n\":\"temperature\",\"u\":\"Cel\",\"v\":25.2},"
                        + "{\"n\":\"humidity\",\"u\":\"%RH\",\"v\":30},"
                        + "{\"bn\":\"2001:db8::1/\",\"n\":\"temperature\",\"u\":\"Cel\",\"v\":12.3},"
                        + "{\"n\":\"humidity\",\"u\":\"%RH\",\"v\":67}]",
                "[" + baseFieldsAlone
                        + ",{\"n\":\"temp\",\"u\":\"Cel\",\"v\":23.1},{\"n\":\"heat\",\"u\":\"/\",\"v\":1}]");
    }

    @Test
    void everyFieldHasItsIntegerLabel() throws Exception {
        String json =
                "[{\"bn\":\"a\",\"bt\":1,\"bu\":\"b\",\"bv\":2,\"bs\":3,\"bver\":10,\"n\":\"c\",\"u\":\"d\",\"v\":4,"
                        + "\"s\":5,\"t\":6,\"ut\":7},{\"vs\":\"e\"},{\"vb\":true},{\"vd\":\"_w\"}]";

        assertThat(cbor(json))
                .isEqualTo("84 ac 216161 2201 236162 2402 2503 200a 006163 016164 0204 0505 0606 0707".replace(" ", "")
                        + "a1036165a104f5a10841ff");
        assertThat(json(cbor(json))).isEqualTo(json);
    }

    @Test
    void aStreamOfRecordsIsAnArrayWithoutALength() throws Exception {
        byte[] json = "[{\"v\":1},{\"v\":2}]".getBytes(UTF_8);

        byte[] stream = PayloadCodec.SENML.toCbor(SENSML_CBOR, json, Payloads.LIMIT);

        assertThat(hex(stream)).isEqualTo("9fa10201a10202ff");
        assertThat(PayloadCodec.SENML.toJson(stream, Payloads.LIMIT)).isEqualTo(json);
    }

    @Test
    void numbersKeepTheirPrecision() throws Exception {
        assertThat(json("81a202c48221196ab306fb41d303a15b001062")).isEqualTo("[{\"v\":273.15,\"t\":1.276020076001e9}]");
        assertThat(cbor("[{\"v\":0.12345678901234567890}]")).startsWith("81a102c482");
        assertThat(json(cbor("[{\"v\":0.12345678901234567890}]"))).contains("0.12345678901234567890");
    }

    @Test
    void labelsThatAreNotKnownPassAsTheyAre() throws Exception {
        String json = "[{\"v\":1,\"x\":\"a\",\"bx\":2.5,\"y\":true,\"ct_\":\"60\",\"bct\":\"0\"}]";

        assertThat(json(cbor(json))).isEqualTo(json);
        assertThat(cbor(json)).contains("6178" + "6161");
        assertThat(json("81a202016178420102")).isEqualTo("[{\"v\":1,\"x\":\"AQI\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":1}",
                "1",
                "null",
                "[]",
                "[1]",
                "[[]]",
                "[{}]",
                "[{\"n\":\"a\"}]",
                "[{\"n\":\"a\",\"t\":1}]",
                "[{\"v\":1,\"vs\":\"a\"}]",
                "[{\"v\":1,\"vb\":true,\"s\":1}]",
                "[{\"v\":\"1\"}]",
                "[{\"v\":null}]",
                "[{\"v\":true}]",
                "[{\"v\":[1]}]",
                "[{\"vs\":1}]",
                "[{\"vb\":1}]",
                "[{\"vb\":null}]",
                "[{\"vd\":1}]",
                "[{\"vd\":\"aGkgCg==\"}]",
                "[{\"vd\":\"aGkgCh\"}]",
                "[{\"vd\":\"a+/a\"}]",
                "[{\"vd\":\"a\"}]",
                "[{\"v\":1,\"n\":1}]",
                "[{\"v\":1,\"bn\":null}]",
                "[{\"v\":1,\"t\":\"now\"}]",
                "[{\"v\":1,\"bver\":5.0}]",
                "[{\"v\":1,\"bver\":5},{\"v\":1,\"bver\":6}]",
                "[{\"v\":1},{\"v\":1,\"bver\":5}]",
                "[{\"v\":1,\"x\":[1]}]",
                "[{\"v\":1,\"x\":{}}]",
                "[{\"v\":1,\"x\":null}]"
            })
    void refusesWhatIsNotSenml(String json) {
        assertFault(() -> cbor(json), Fault.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"v\":1,\"x_\":1}]",
                "[{\"v\":1,\"n_\":1}]",
                "[{\"v\":1,\"bver\":32}]",
                "[{\"v\":1,\"bver\":0}]",
                "[{\"v\":1,\"bver\":-1}]"
            })
    void refusesWhatHasToBeUnderstoodAndIsNot(String json) {
        assertFault(() -> cbor(json), Fault.INEXPRESSIBLE);
    }

    @Test
    void takesAVersionThatIsRepeatedOrTheDefault() throws Exception {
        assertThat(cbor("[{\"v\":1,\"bver\":5},{\"v\":1,\"bver\":5}]")).isNotEmpty();
        assertThat(cbor("[{\"v\":1},{\"v\":1,\"bver\":10}]")).isNotEmpty();
        assertThat(cbor("[{\"v\":1,\"bver\":26}]")).isNotEmpty();
        assertThat(cbor("[{\"s\":1}]")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "81a10901, INEXPRESSIBLE", // a label that no field has
        "81a12601, INEXPRESSIBLE",
        "81a1617601, MALFORMED", // "v" as text
        "81a202016178f7, INEXPRESSIBLE",
        "81a10263303031, MALFORMED",
        "81a1084161616101, MALFORMED",
        "81a10862614d, MALFORMED", // text where bytes belong
        "81a1024101, MALFORMED",
        "81a20201004161, MALFORMED",
        "81a202010201, MALFORMED",
        "81a102f97e00, INEXPRESSIBLE",
        "81a10200ff, MALFORMED",
        "81a2020106c11a514b67b0, MALFORMED" // a time of another kind
    })
    void refusesCborThatIsNotSenml(String cbor, Fault fault) {
        assertFault(() -> json(cbor), fault);
    }

    private static void assertFault(ThrowingCallable conversion, Fault fault) {
        assertThatThrownBy(conversion)
                .isInstanceOfSatisfying(
                        ConversionException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    private static String json(String cbor) throws ConversionException {
        return Payloads.json(PayloadCodec.SENML, cbor);
    }

    private static String cbor(String json) throws ConversionException {
        return hex(PayloadCodec.SENML.toCbor(SENML_CBOR, json.getBytes(UTF_8), Payloads.LIMIT));
    }
}
