package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HandshakeFloodTest {
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final PreSharedKey KEY = Devices.psk("sensor-a", Validity.ALWAYS);
    private static final Device DEVICE = Devices.device("device-a", "r", KEY);

    private final List<HalfOpenPeer> peers = new ArrayList<>();

    @AfterEach
    void closePeers() {
        peers.forEach(HalfOpenPeer::close);
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere loopback has but one address
    void halfOpenHandshakesFromOneAddressKeepNoOtherAddressOut() throws Exception {
        InetAddress flooder = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress honest = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        try (DtlsServer server = DtlsServer.psk(50, UnaryOperator.identity(), DEVICE);
                DtlsClient early =
                        DtlsClient.pskFrom(honest, "sensor-a", KEY.key().expose());
                DtlsClient late =
                        DtlsClient.pskFrom(honest, "sensor-a", KEY.key().expose())) {
            early.exchange(server.address());
            List<Integer> answers = begin(80, flooder, server);
            late.exchange(server.address());
            early.exchange(server.address());

            // 64 are allowed in all, half of them from one source
            assertThat(answers.subList(0, 32)).containsOnly(HANDSHAKE);
            assertThat(answers.subList(32, 80)).containsOnly(ALERT);
            assertThat(server.listener().statistics())
                    .returns(32, DtlsStatistics::halfOpen)
                    .returns(48L, DtlsStatistics::handshakesDisplaced);
        }
    }

    @Test
    void aHandshakeThatHasHadItsGraceTimeMakesRoom() throws Exception {
        InetAddress flooder = InetAddress.getLoopbackAddress();
        try (DtlsServer server = DtlsServer.psk(50, UnaryOperator.identity(), DEVICE);
                HalfOpenPeer newcomer = new HalfOpenPeer(flooder, server.address())) {
            assertThat(begin(32, flooder, server)).containsOnly(HANDSHAKE);
            server.elapse(HalfOpenHandshakes.GRACE.minusNanos(1));
            assertThat(newcomer.begin()).isEqualTo(ALERT);
            server.elapse(Duration.ofNanos(1));
            try (HalfOpenPeer late = new HalfOpenPeer(flooder, server.address())) {
                assertThat(late.begin()).isEqualTo(HANDSHAKE);
            }
            assertThat(server.listener().statistics())
                    .returns(32, DtlsStatistics::halfOpen)
                    .returns(2L, DtlsStatistics::handshakesDisplaced);
        }
    }

    /** Nobody's socket is closed before: a port that came up again would go on with the handshake of its last owner. */
    private List<Integer> begin(int count, InetAddress source, DtlsServer server) throws IOException {
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HalfOpenPeer peer = new HalfOpenPeer(source, server.address());
            peers.add(peer);
            answers.add(peer.begin());
        }
        return answers;
    }
}
