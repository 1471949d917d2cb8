package io.coapgate.gateway;

import static io.coapgate.gateway.RawMessage.ACK;
import static io.coapgate.gateway.RawMessage.CON;
import static io.coapgate.gateway.RawMessage.con;
import static io.coapgate.gateway.RawMessage.empty;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that take longer than an acknowledgement can wait, RFC 7252 §5.2.2 and §4.7. */
@Timeout(60)
class SeparateResponseTest {
    private final RunningGateway gateway;
    private final RawCoapClient device;

    SeparateResponseTest(@TempDir Path directory) throws Exception {
        gateway = new RunningGateway(directory, "coap: {piggyback-window: 50ms, ack-timeout: 60s}", "");
        device = gateway.device("sensor-1");
    }

    @AfterEach
    void stop() {
        device.close();
        gateway.close();
    }

    @Test
    void aDuplicateIsAcknowledgedAgainAndIsNoSecondCall() throws Exception {
        RawMessage request = con("0.02", 1, "open", "slow");
        for (int i = 0; i < 3; i++) {
            assertThat(device.exchange(request).toString())
                    .isEqualTo(empty(ACK, 1).toString());
        }
        RawMessage next = con("0.02", 2, "open", "slow-next");
        assertThat(device.exchange(next).type()).isEqualTo(ACK);
        gateway.release();
        RawMessage separate = device.receive();
        assertThat(separate.type()).isEqualTo(CON);
        device.send(empty(ACK, separate.mid()));
        // messages are handled side by side; that the next has its turn says that this acknowledgement has been
        assertThat(device.receive().token()).isNotEqualTo(separate.token());
        RawMessage duplicate = Arrays.equals(separate.token(), request.token()) ? request : next;
        assertThat(device.exchange(duplicate).toString())
                .isEqualTo(empty(ACK, duplicate.mid()).toString());
        device.expectNothing();
        assertThat(gateway.called()).containsExactlyInAnyOrder("POST /open/slow", "POST /open/slow-next");
    }

    @Test
    void aSlowAnswerThatTheDeviceDoesNotWantIsKeptBack() throws Exception {
        RawMessage request = con("0.01", 1, "open", "slow").withUint(RawMessage.NO_RESPONSE, 0b10);
        assertThat(device.exchange(request).toString()).isEqualTo(empty(ACK, 1).toString());
        gateway.release();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> gateway.metrics().contains("coapgate_requests_total{code=\"2.05\"} 1.0"));
        device.expectNothing();
    }

    /** RFC 7252 §4.7: NSTART is 1. */
    @Test
    void aSeparateResponseWaitsUntilTheOneBeforeItIsAcknowledged() throws Exception {
        for (int mid = 1; mid <= 3; mid++) {
            assertThat(device.exchange(con("0.01", mid, "open", "slow" + mid)).toString())
                    .isEqualTo(empty(ACK, mid).toString());
        }
        gateway.release();
        for (int i = 0; i < 3; i++) {
            RawMessage separate = device.receive();
            assertThat(separate.type()).isEqualTo(CON);
            assertThat(separate.codeText()).isEqualTo("2.05");
            device.expectNothing();
            device.send(empty(ACK, separate.mid()));
        }
        device.expectNothing();
    }

    @Test
    void aResetGivesTheTurnToTheNextToo() throws Exception {
        for (int mid = 1; mid <= 2; mid++) {
            device.exchange(con("0.01", mid, "open", "slow" + mid));
        }
        gateway.release();
        device.send(empty(RawMessage.RST, device.receive().mid()));
        assertThat(device.receive().codeText()).isEqualTo("2.05");
    }
}
