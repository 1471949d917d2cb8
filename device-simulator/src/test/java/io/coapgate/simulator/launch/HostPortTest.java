package io.coapgate.simulator.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:5684", "[0:0:0:0:0:0:0:1]:61616"})
    void readsWhatItWrites(String text) {
        assertThat(HostPort.format(HostPort.parse(text))).isEqualTo(text);
    }

    @Test
    void takesTheUsualPortIfAUriNamesNone() {
        assertThat(HostPort.ofCoaps(URI.create("coaps://127.0.0.1")).getPort()).isEqualTo(5684);
    }

    @ParameterizedTest
    @ValueSource(strings = {"coap://127.0.0.1", "http://127.0.0.1", "coaps:127.0.0.1"})
    void refusesWhatIsNotCoaps(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPort.ofCoaps(URI.create(uri)));
    }
}
