package io.coapgate.gateway.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RoundTripTest {
    private static final int DOCUMENTS = 500;
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void jsonThroughCborIsTheSameText() throws Exception {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            byte[] json = JsonWriter.write(new RandomDocuments(seed).next(), Payloads.LIMIT);

            byte[] cbor = PayloadCodec.CBOR_JSON.toCbor(60, json, Payloads.LIMIT);

            assertThat(new String(PayloadCodec.CBOR_JSON.toJson(cbor, Payloads.LIMIT), StandardCharsets.UTF_8))
                    .as("seed %s", seed)
                    .isEqualTo(new String(json, StandardCharsets.UTF_8));
        }
    }

    @Test
    void cborThroughJsonIsTheSameBytes() throws Exception {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            byte[] cbor = CborWriter.write(new RandomDocuments(seed).next(), MapKeys.PLAIN, Payloads.LIMIT);

            byte[] json = PayloadCodec.CBOR_JSON.toJson(cbor, Payloads.LIMIT);

            assertThat(PayloadCodec.CBOR_JSON.toCbor(60, json, Payloads.LIMIT))
                    .as("seed %s", seed)
                    .isEqualTo(cbor);
        }
    }

    @Test
    void anotherLibraryReadsTheSameValues() throws Exception {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            Node document = new RandomDocuments(seed).next();
            byte[] json = JsonWriter.write(document, Payloads.LIMIT);
            byte[] cbor = CborWriter.write(document, MapKeys.PLAIN, Payloads.LIMIT);

            assertSame(EXACT.readTree(CBORObject.DecodeFromBytes(cbor).ToJSONString()), EXACT.readTree(json), seed);
        }
    }

    private static void assertSame(JsonNode actual, JsonNode expected, long seed) {
        assertThat(actual.size()).as("seed %s", seed).isEqualTo(expected.size());
        if (expected.isNumber()) {
            assertThat(new BigDecimal(actual.asString())).as("seed %s", seed).isEqualByComparingTo(expected.asString());
        } else if (expected.isObject()) {
            for (String name : expected.propertyNames()) {
                assertSame(actual.get(name), expected.get(name), seed);
            }
        } else if (expected.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                assertSame(actual.get(i), expected.get(i), seed);
            }
        } else {
            assertThat(actual).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void everyHalfFloatIsItself() {
        List<Integer> others = new ArrayList<>();
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = (float) HalfFloat.value(bits);
            boolean finite = (bits >> 10 & 31) != 31;
            boolean same = HalfFloat.holds(value) && HalfFloat.bits(value) == bits;
            if (finite ? !same : !Float.isNaN(value) && !Float.isInfinite(value)) {
                others.add(bits);
            }
        }
        assertThat(others).isEmpty();
        assertThat(HalfFloat.holds(65_520f)).isFalse();
        assertThat(HalfFloat.holds(0x1p-25f)).isFalse();
        assertThat(HalfFloat.holds(0x1.8p-24f)).isFalse();
        assertThat(HalfFloat.holds(1.0001f)).isFalse();
    }

    @Test
    void otherEncodingsComeBackInThePreferredOne() throws Exception {
        assertThat(Payloads.cbor(Payloads.json("9f1b0000000000000001fb3ff0000000000000ff")))
                .isEqualTo("8201f93c00");
    }
}
