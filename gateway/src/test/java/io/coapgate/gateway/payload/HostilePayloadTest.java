package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.Payloads.LIMIT;
import static io.coapgate.gateway.payload.Payloads.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.coapgate.gateway.payload.ConversionException.Fault;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a payload can cost, whatever it is: processor time of this thread and what it takes from the heap. */
class HostilePayloadTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MAX_CPU_NANOS = 3_000_000_000L; // far above what any takes; a bomb takes minutes
    private static final long MAX_ALLOCATED = 256L << 20;

    private interface Conversion {
        byte[] run() throws ConversionException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cborBombs")
    void cborCostsLittle(String name, byte[] cbor) {
        costsLittle(() -> PayloadCodec.CBOR_JSON.toJson(cbor, LIMIT));
        costsLittle(() -> PayloadCodec.SENML.toJson(cbor, LIMIT));
    }

    static Stream<Arguments> cborBombs() {
        return Stream.of(
                Arguments.of("arrays in arrays", repeat("81", LIMIT)),
                Arguments.of("arrays without end in arrays", repeat("9f", LIMIT)),
                Arguments.of("maps in maps", repeat("a16161", LIMIT / 3)),
                Arguments.of("tags on tags", repeat("c1", LIMIT)),
                Arguments.of("keys of keys", repeat("a1", LIMIT)),
                Arguments.of("an array that is said to be of 2^64 - 1", hex("9bffffffffffffffff01")),
                Arguments.of("an array that is said to be of 2^31 - 1", hex("9a7fffffff01")),
                Arguments.of("a map that is said to be of 2^63", hex("bb800000000000000001")),
                Arguments.of("a string that is said to be of 2^64 - 1", hex("5bffffffffffffffff01")),
                Arguments.of("a text that is said to be of 2^31 - 1", hex("7a7fffffff61")),
                Arguments.of("many small items", concat("9f", repeat("00", LIMIT))),
                Arguments.of("many empty maps", concat("9f", repeat("a0", LIMIT))),
                Arguments.of("many empty chunks", concat("5f", repeat("40", LIMIT))),
                Arguments.of("many empty text chunks", concat("7f", repeat("60", LIMIT))),
                Arguments.of("control characters", concat("7a00100000", new byte[LIMIT])),
                Arguments.of("times", concat("9f", repeat("c100", LIMIT / 2))),
                Arguments.of("small bigfloats", concat("9f", repeat("c58239044b01", LIMIT / 6))),
                Arguments.of(
                        "large bigfloats", concat("9f", repeat("c58239044bc2588aff" + "00".repeat(137), LIMIT / 147))),
                Arguments.of("bignums", concat("9f", repeat("c259019f" + "01".repeat(415), LIMIT / 419))),
                Arguments.of("one bignum", concat("c25a000fffff", repeat("ff", 0xfffff))),
                Arguments.of("exponents", concat("9f", repeat("c4823903e701", LIMIT / 6))),
                Arguments.of("keys of one hash", colliding()));
    }

    /** Texts of one hash code: each pair of "Aa" and "BB" can be exchanged for the other. */
    private static byte[] colliding() {
        StringBuilder cbor = new StringBuilder("bf");
        for (int i = 0; i < 1 << 14; i++) {
            cbor.append("781c");
            for (int bit = 0; bit < 14; bit++) {
                cbor.append((i >> bit & 1) == 0 ? "4161" : "4242");
            }
            cbor.append("00");
        }
        return hex(cbor.append("ff").toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jsonBombs")
    void jsonCostsLittle(String name, String json) {
        costsLittle(() -> PayloadCodec.CBOR_JSON.toCbor(60, json.getBytes(UTF_8), LIMIT));
        costsLittle(() -> PayloadCodec.SENML.toCbor(112, json.getBytes(UTF_8), LIMIT));
    }

    static Stream<Arguments> jsonBombs() {
        return Stream.of(
                Arguments.of("arrays in arrays", "[".repeat(LIMIT)),
                Arguments.of("objects in objects", "{\"a\":".repeat(LIMIT / 5)),
                Arguments.of("many small items", "[" + "1,".repeat(LIMIT / 2) + "1]"),
                Arguments.of("many floats", "[" + "0.1,".repeat(LIMIT / 4) + "1]"),
                Arguments.of("a long integer", "9".repeat(LIMIT)),
                Arguments.of("a long fraction", "0." + "9".repeat(LIMIT)),
                Arguments.of("long numbers", "[" + ("0." + "9".repeat(990) + ",").repeat(LIMIT / 993) + "1]"),
                Arguments.of("long integers", "[" + ("9".repeat(990) + ",").repeat(LIMIT / 991) + "1]"),
                Arguments.of("a great exponent", "1e999999999"),
                Arguments.of("a great negative exponent", "1e-999999999"),
                Arguments.of("great exponents", "[" + "1e-1000,".repeat(LIMIT / 8) + "1]"),
                Arguments.of("an endless text", "\"" + "a".repeat(LIMIT)),
                Arguments.of("an endless name", "{\"" + "a".repeat(LIMIT)),
                Arguments.of("white space", " ".repeat(LIMIT)));
    }

    @Test
    void noiseIsRefusedOrConverted() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            costsLittle(() -> PayloadCodec.CBOR_JSON.toJson(noise, LIMIT));
            costsLittle(() -> PayloadCodec.CBOR_JSON.toCbor(60, noise, LIMIT));
        }
    }

    /** One byte of a good document is another, or the rest is missing. */
    @Test
    void damageIsRefusedOrConverted() throws Exception {
        Random random = new Random(8);
        for (long seed = 0; seed < 500; seed++) {
            byte[] json = JsonWriter.write(new RandomDocuments(seed).next(), LIMIT);
            byte[] cbor = PayloadCodec.CBOR_JSON.toCbor(60, json, LIMIT);
            json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            cbor[random.nextInt(cbor.length)] = (byte) random.nextInt(256);
            costsLittle(() -> PayloadCodec.CBOR_JSON.toCbor(60, json, LIMIT));
            costsLittle(() -> PayloadCodec.CBOR_JSON.toJson(cbor, LIMIT));
        }
    }

    @Test
    void theResultIsNeverLongerThanAllowed() throws Exception {
        byte[] cbor = hex("8301820203820405");
        assertThat(PayloadCodec.CBOR_JSON.toJson(cbor, 15)).hasSize(15);
        assertTooLarge(() -> PayloadCodec.CBOR_JSON.toJson(cbor, 14));
        assertTooLarge(() -> PayloadCodec.CBOR_JSON.toJson(cbor, 0));
        assertTooLarge(() -> PayloadCodec.CBOR_JSON.toCbor(60, "[0.1,0.1]".getBytes(UTF_8), 18));
    }

    @Test
    void depthAndItemsEndAtTheirBounds() throws Exception {
        int depth = Budget.MAX_DEPTH;
        assertThat(Payloads.json("81".repeat(depth) + "00")).startsWith("[[");
        assertThat(Payloads.cbor("[".repeat(depth) + "0" + "]".repeat(depth))).startsWith("8181");
        assertTooLarge(() -> PayloadCodec.CBOR_JSON.toJson(repeat("81", depth + 2), LIMIT));
        assertTooLarge(() -> PayloadCodec.CBOR_JSON.toCbor(
                60, ("[".repeat(depth + 1) + "0" + "]".repeat(depth + 1)).getBytes(UTF_8), LIMIT));

        String zeros = "00".repeat(Budget.MAX_ITEMS - 1);
        assertThat(Payloads.json("9f" + zeros + "ff")).hasSize(2 * (Budget.MAX_ITEMS - 1) + 1);
        assertTooLarge(() -> PayloadCodec.CBOR_JSON.toJson(hex("9f" + zeros + "00ff"), LIMIT));
    }

    private static void assertTooLarge(Conversion conversion) {
        try {
            conversion.run();
            fail("nothing was too large");
        } catch (ConversionException e) {
            assertThat(e.fault()).isEqualTo(Fault.TOO_LARGE);
        }
    }

    private static void costsLittle(Conversion conversion) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        try {
            assertThat(conversion.run()).hasSizeLessThanOrEqualTo(LIMIT);
        } catch (ConversionException e) {
            assertThat(e.text()).isNotEmpty();
        }
        assertThat(THREADS.getCurrentThreadCpuTime() - cpu).isLessThan(MAX_CPU_NANOS);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MAX_ALLOCATED);
    }

    private static byte[] repeat(String digits, int times) {
        byte[] once = hex(digits);
        byte[] all = new byte[once.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = once[i % once.length];
        }
        return all;
    }

    private static byte[] concat(String digits, byte[] rest) {
        byte[] first = hex(digits);
        byte[] all = new byte[first.length + rest.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }
}
