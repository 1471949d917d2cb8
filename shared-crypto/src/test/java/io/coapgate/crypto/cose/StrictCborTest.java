package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseException.Reason;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictCborTest {

    private static final int MAX = 4096;

    @Nested
    class Accepts {

        /** The examples of RFC 8949 Appendix A that keep to the rule. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "00",
                    "01",
                    "0a",
                    "17",
                    "1818",
                    "1819",
                    "1864",
                    "1903e8",
                    "1a000f4240",
                    "1b000000e8d4a51000",
                    "1bffffffffffffffff",
                    "3bffffffffffffffff",
                    "20",
                    "29",
                    "3863",
                    "3903e7",
                    "f90000",
                    "f98000",
                    "f93c00",
                    "fb3ff199999999999a",
                    "f93e00",
                    "f97bff",
                    "fa47c35000",
                    "fa7f7fffff",
                    "fb7e37e43c8800759c",
                    "f90001",
                    "f90400",
                    "f9c400",
                    "fbc010666666666666",
                    "f97c00",
                    "f97e00",
                    "f9fc00",
                    "f4",
                    "f5",
                    "f6",
                    "40",
                    "4401020304",
                    "60",
                    "6161",
                    "6449455446",
                    "62225c",
                    "62c3bc",
                    "63e6b0b4",
                    "64f0908591",
                    "80",
                    "83010203",
                    "8301820203820405",
                    "a0",
                    "a201020304",
                    "a26161016162820203",
                    "826161a161626163",
                    "a56161614161626142616361436164614461656145"
                })
        void preferredSerialization(String encoded) throws Exception {
            assertThat(StrictCbor.decode(hex(encoded), MAX)).isNotNull();
        }

        @Test
        void mapKeysInAnyOrder() throws Exception {
            assertThat(StrictCbor.decodeMap(hex("a203040102"), MAX).size()).isEqualTo(2);
        }

        @Test
        void nestingOf16() throws Exception {
            assertThat(StrictCbor.decode(hex("81".repeat(16) + "00"), MAX)).isNotNull();
        }
    }

    @Nested
    class RefusesAsMalformed {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1800", "1817", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3817", "3900ff",
                    "5800", "580161", "7800", "590001aa", "980101", "b8010101", "5a00000001aa"
                })
        void integersAndLengthsThatAreLongerThanNeeded(String encoded) {
            malformed(encoded);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "fa3f800000", "fb3ff0000000000000", "fa47000000", "fb40f86a0000000000", "fa7f800000",
                    "fb7ff0000000000000", "fa7fc00000", "fb7ff8000000000000", "fa00000000", "fb8000000000000000",
                    "fa33800000", "fa38800000"
                })
        void floatsThatAreLongerThanNeeded(String encoded) {
            malformed(encoded);
        }

        @ParameterizedTest
        @ValueSource(strings = {"5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "bfff", "9f01", "ff"})
        void indefiniteLengths(String encoded) {
            malformed(encoded);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "c074323031332d30332d32315432303a30343a30305a",
                    "c11a514b67b0",
                    "c249010000000000000000",
                    "c48221196ab3",
                    "c5821b7fffffffffffffff03",
                    "d74401020304",
                    "d818456449455446",
                    "d83d00",
                    "d28400",
                    "d9d9f700",
                    "dbffffffffffffffff00",
                    "81c101",
                    "a101c101"
                })
        void tags(String encoded) {
            malformed(encoded);
        }

        @ParameterizedTest
        @ValueSource(strings = {"f7", "f0", "e0", "f3", "f8ff", "f820", "f81f", "f800", "f814"})
        void simpleValuesOtherThanFalseTrueAndNull(String encoded) {
            malformed(encoded);
        }

        /** RFC 8949 Appendix F: not well-formed. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "18",
                    "19",
                    "1a",
                    "1b",
                    "1901",
                    "1a0102",
                    "1b01020304050607",
                    "38",
                    "58",
                    "78",
                    "98",
                    "9a01ff00",
                    "b8",
                    "d8",
                    "f8",
                    "f900",
                    "fa0000",
                    "fb000000",
                    "41",
                    "61",
                    "5affffffff00",
                    "5bffffffffffffffff010203",
                    "7affffffff00",
                    "7b7fffffffffffffff010203",
                    "81",
                    "818181818181818181",
                    "8200",
                    "a1",
                    "a20102",
                    "a100",
                    "a2000000",
                    "1c",
                    "1d",
                    "1e",
                    "3c",
                    "3d",
                    "3e",
                    "5c",
                    "5d",
                    "5e",
                    "7c",
                    "7d",
                    "7e",
                    "9c",
                    "9d",
                    "9e",
                    "bc",
                    "bd",
                    "be",
                    "dc",
                    "dd",
                    "de",
                    "fc",
                    "fd",
                    "fe",
                    "f818",
                    "1f",
                    "3f",
                    "df00"
                })
        void whatIsNotWellFormed(String encoded) {
            malformed(encoded);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a201000100", "a2616100616100", "a241aa0041aa00", "81a201000101", "a2810100810100"})
        void duplicateKeys(String encoded) {
            malformed(encoded);
        }

        @ParameterizedTest
        @ValueSource(strings = {"61ff", "62c0ae", "63eda080", "64f4908080", "61c3", "a161ff00"})
        void textThatIsNotUtf8(String encoded) {
            malformed(encoded);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0000", "a000", "4101ff", "80f6"})
        void bytesAfterTheEnd(String encoded) {
            malformed(encoded);
        }
    }

    @Test
    void refusesMoreBytesThanTheCallerAllows() throws Exception {
        assertThat(StrictCbor.decode(hex("43010203"), 4)).isNotNull();
        assertReason(Reason.TOO_LARGE, () -> StrictCbor.decode(hex("43010203"), 3));
        assertReason(Reason.TOO_LARGE, () -> StrictCbor.decode(new byte[70_000], Integer.MAX_VALUE));
    }

    @Test
    void refusesAnythingButAMapWhereAMapIsWanted() {
        assertReason(Reason.WRONG_STRUCTURE, () -> StrictCbor.decodeMap(hex("80"), MAX));
    }

    @Test
    void encodesWhatItAccepts() throws Exception {
        Random random = new Random(20);
        for (int i = 0; i < 2_000; i++) {
            byte[] encoded = StrictCbor.encode(randomValue(random, 0));
            assertThat(StrictCbor.encode(StrictCbor.decode(encoded, StrictCbor.MAX_BYTES)))
                    .isEqualTo(encoded);
        }
    }

    @Test
    void encodesLongStringsWithOneDefiniteLength() throws Exception {
        byte[] encoded = StrictCbor.encode(CBORObject.FromObject("a".repeat(20_000)));
        assertThat(StrictCbor.decode(encoded, StrictCbor.MAX_BYTES).AsString()).hasSize(20_000);
    }

    @Nested
    class Bombs {

        private static final long TEN_MILLISECONDS = 10_000_000;
        private static final long ONE_MEBIBYTE = 1 << 20;

        @Test
        void areRefusedQuicklyAndWithLittleMemory() {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            for (byte[] bomb : bombs()) {
                refuse(bomb); // loads the classes
                // The best of three: a collection or a neighbour on the machine is not what is measured.
                long quickest = Long.MAX_VALUE;
                for (int i = 0; i < 3; i++) {
                    long allocated = threads.getCurrentThreadAllocatedBytes();
                    long start = System.nanoTime();
                    refuse(bomb);
                    quickest = Math.min(quickest, System.nanoTime() - start);
                    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
                            .isLessThan(ONE_MEBIBYTE);
                }
                assertThat(quickest).isLessThan(TEN_MILLISECONDS);
            }
        }

        private static void refuse(byte[] bomb) {
            assertThatThrownBy(() -> StrictCbor.decode(bomb, StrictCbor.MAX_BYTES))
                    .isInstanceOf(CoseException.class);
        }

        private static List<byte[]> bombs() {
            List<byte[]> bombs = new ArrayList<>();
            bombs.add(hex("81".repeat(65_000)));
            bombs.add(hex("a100".repeat(32_000)));
            bombs.add(hex("d8".repeat(1) + "3d".repeat(60_000)));
            bombs.add(hex("c1".repeat(60_000)));
            bombs.add(hex("99fde8" + "80".repeat(65_000)));
            bombs.add(hex("5b7fffffffffffffff"));
            bombs.add(hex("9b7fffffffffffffff"));
            bombs.add(hex("bb7fffffffffffffff"));
            bombs.add(hex("9bffffffffffffffff00"));
            bombs.add(hex("c4821b7fffffffffffffff01"));
            bombs.add(hex("c5821b7fffffffffffffff01"));
            bombs.add(hex("c259fde8" + "ff".repeat(65_000)));
            bombs.add(hex("9f".repeat(65_000)));
            byte[] keys = new byte[60_003];
            Arrays.fill(keys, (byte) 0x00);
            keys[0] = (byte) 0xb9;
            keys[1] = 0x75;
            keys[2] = 0x30;
            bombs.add(keys);
            return bombs;
        }
    }

    private static CBORObject randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> CBORObject.FromObject(random.nextLong() >> random.nextInt(64));
            case 1 -> CBORObject.FromObject(new byte[random.nextInt(300)]);
            case 2 -> CBORObject.FromObject("ü".repeat(random.nextInt(40)));
            case 3 -> CBORObject.FromObject(random.nextBoolean());
            case 4 -> CBORObject.FromObject(random.nextDouble() * (random.nextBoolean() ? 1 : 1e300));
            case 5 -> {
                CBORObject array = CBORObject.NewArray();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.Add(randomValue(random, depth + 1));
                }
                yield array;
            }
            default -> {
                CBORObject map = CBORObject.NewMap();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.set(CBORObject.FromObject(random.nextInt(100) - 50), randomValue(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static void malformed(String encoded) {
        assertReason(Reason.MALFORMED, () -> StrictCbor.decode(hex(encoded), MAX));
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
