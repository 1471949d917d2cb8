package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.crypto.jca.CryptoProvider;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.launch.KeyPairs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerArgumentsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void surviveTheCommandLine() {
        InetSocketAddress service = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);
        for (Optional<InetSocketAddress> place : List.of(Optional.of(service), Optional.<InetSocketAddress>empty())) {
            PeerArguments arguments = new PeerArguments(Path.of("ready"), HandshakeKind.RPK, CryptoProvider.JDK, place);
            assertThat(PeerArguments.parse(arguments.toList().toArray(String[]::new)))
                    .isEqualTo(arguments);
        }
    }

    @Test
    void othersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PeerArguments.parse("ready"));
        assertThatIllegalArgumentException().isThrownBy(() -> PeerArguments.parse("ready", "PSK", "openssl", "-"));
    }

    @Test
    void keysSurviveStandardInput() throws Exception {
        KeyPair own = KeyPairs.p256(RANDOM);
        List<DeviceProfile> devices = BenchDevices.preShared(3, PskSuite.CCM_8, Clock.systemUTC(), RANDOM);
        PeerKeys keys = PeerKeys.parse(PeerKeys.format(own, devices));
        assertThat(keys.own().getPublic()).isEqualTo(own.getPublic());
        assertThat(keys.preShared()).containsOnlyKeys("psk-ccm_8-0", "psk-ccm_8-1", "psk-ccm_8-2");
        assertThat(keys.preShared().get("psk-ccm_8-0")).hasSize(16);
        assertThat(PeerKeys.parse(PeerKeys.format(own, List.of())).preShared()).isEmpty();
    }
}
