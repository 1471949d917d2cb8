package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseException.Reason;
import org.junit.jupiter.api.Test;

/** What the scan caps, at the last value that is allowed and at the first that is not. */
class CborLimitsTest {

    @Test
    void sixteenLevelsAndNoMore() throws Exception {
        assertThat(StrictCbor.decode(hex("81".repeat(16) + "00"), 100).size()).isEqualTo(1);
        assertTooLarge("81".repeat(17) + "00");
        assertThat(StrictCbor.decode(hex("a100".repeat(16) + "00"), 100).size()).isEqualTo(1);
        assertTooLarge("a100".repeat(17) + "00");
    }

    @Test
    void itemsUpTo2048WithTheOutermost() throws Exception {
        assertThat(StrictCbor.decode(hex("9907ff" + "00".repeat(2047)), 4096).size())
                .isEqualTo(2047);
        assertTooLarge("990800" + "00".repeat(2048));
    }

    /** Every half float, its neighbours as single float, and the single floats half-way between two of them. */
    @Test
    void halfFloatsAndOnlyTheseAreHeldInSixteenBits() throws Exception {
        for (int bits = 0; bits < 0x7c00; bits++) {
            byte[] encoded = {(byte) 0xf9, (byte) (bits >> 8), (byte) bits};
            float value = (float) StrictCbor.decode(encoded, 3).AsDoubleValue();
            assertThat(StrictCbor.encode(StrictCbor.decode(encoded, 3))).isEqualTo(encoded);
            assertThat(HalfFloat.holds(value)).isTrue();
            assertThat(HalfFloat.holds(-value)).isTrue();
            assertThat(HalfFloat.holds(Math.nextUp(value))).isFalse();
            float step = value < 0x1p-14f ? 0x1p-24f : Math.ulp(value) * (1 << 13);
            assertThat(HalfFloat.holds(value + step / 2)).isFalse();
        }
    }

    @Test
    void floatsOutsideTheHalfFloatsAreNot() {
        assertThat(HalfFloat.holds(65_536f)).isFalse();
        assertThat(HalfFloat.holds(Float.MAX_VALUE)).isFalse();
        assertThat(HalfFloat.holds(Float.MIN_VALUE)).isFalse();
        assertThat(HalfFloat.holds(0x1p-25f)).isFalse();
        assertThat(HalfFloat.holds(Float.NaN)).isTrue();
        assertThat(HalfFloat.holds(Float.POSITIVE_INFINITY)).isTrue();
        assertThat(HalfFloat.holds(Float.NEGATIVE_INFINITY)).isTrue();
    }

    private static void assertTooLarge(String encoded) {
        assertThatThrownBy(() -> StrictCbor.decode(hex(encoded), StrictCbor.MAX_BYTES))
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }
}
