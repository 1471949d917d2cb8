package io.coapgate.crypto.ace;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.AceFormatException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RemainingLifetimeTest {

    @Test
    void isExpiresInAndNothingElse() {
        assertThat(RemainingLifetime.encode(Duration.ofHours(1))).isEqualTo(hex("a102190e10"));
    }

    @Test
    void isCutToWholeSecondsAndNeverNegative() {
        assertThat(RemainingLifetime.encode(Duration.ofMillis(1999))).isEqualTo(hex("a10201"));
        assertThat(RemainingLifetime.encode(Duration.ofSeconds(-5))).isEqualTo(hex("a10200"));
    }

    @Test
    void isReadBack() throws AceFormatException {
        assertThat(RemainingLifetime.decode(hex("a102190e10"), 16)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aMapWithoutItSaysNothing() {
        assertThatThrownBy(() -> RemainingLifetime.decode(hex("a0"), 16))
                .isInstanceOfSatisfying(
                        AceFormatException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING_PARAMETER));
    }
}
