package io.coapgate.crypto.cwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericDateTest {

    private static final long LAST_SECOND = 253_402_300_799L;

    @ParameterizedTest
    @CsvSource({"0, 1970-01-01T00:00:00Z", "1443944944, 2015-10-04T07:49:04Z", "253402300799, 9999-12-31T23:59:59Z"})
    void readsAndWritesWholeSeconds(long seconds, Instant instant) throws Exception {
        assertThat(NumericDate.read(CBORObject.FromObject(seconds))).isEqualTo(instant);
        assertThat(NumericDate.write(instant)).isEqualTo(CBORObject.FromObject(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 1970-01-01T00:00:00.500Z",
        "0.3, 1970-01-01T00:00:00.300Z",
        "0.9999999999, 1970-01-01T00:00:01Z",
        "1443944944.5, 2015-10-04T07:49:04.500Z",
        "253402300799.0, 9999-12-31T23:59:59Z",
        "-0.0, 1970-01-01T00:00:00Z"
    })
    void readsFloatsToTheNearestNanosecond(double seconds, Instant instant) throws Exception {
        assertThat(NumericDate.read(CBORObject.FromObject(seconds))).isEqualTo(instant);
    }

    @Test
    void whatIsWrittenIsReadAsTheSameInstant() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double seconds = random.nextDouble() * Math.pow(2, random.nextInt(38)); // of every order up to 9999
            Instant read = NumericDate.read(CBORObject.FromObject(Math.min(seconds, LAST_SECOND)));
            assertThat(NumericDate.read(NumericDate.write(read))).isEqualTo(read);
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                -1,
                -0x1p-1074,
                LAST_SECOND + 1,
                LAST_SECOND + 0.001,
                1e300,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            })
    void refusesFloatsThatAreNoTime(double seconds) {
        assertRefused(CBORObject.FromObject(seconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, LAST_SECOND + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void refusesIntegersThatAreNoTime(long seconds) {
        assertRefused(CBORObject.FromObject(seconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, LAST_SECOND + 1})
    void refusesInstantsThatNoTokenCanName(long seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NumericDate.requireInRange(Instant.ofEpochSecond(seconds)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, LAST_SECOND})
    void takesTheFirstAndTheLastInstant(long seconds) {
        assertThat(NumericDate.requireInRange(Instant.ofEpochSecond(seconds)))
                .isEqualTo(Instant.ofEpochSecond(seconds));
    }

    private static void assertRefused(CBORObject value) {
        assertThatThrownBy(() -> NumericDate.read(value))
                .isInstanceOfSatisfying(
                        InvalidCwtException.class,
                        e -> assertThat(e.reason()).isEqualTo(InvalidCwtException.Reason.MALFORMED));
    }
}
