package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DatagramsTest {
    @Test
    void areConfirmablePostsWithRoomForAMessageIdAndAToken() {
        byte[] datagram = Datagrams.telemetry();
        assertThat(HexFormat.of().formatHex(Arrays.copyOf(datagram, 8))).isEqualTo("4402000000000000");
        assertThat(datagram)
                .hasSize(8 + 10 + 2 + 1 + 64); // header and token, Uri-Path, Content-Format, marker, payload
    }
}
