package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers how handshakes ended. */
final class RecordingListener implements ExchangeListener {
    record Refused(String credential, Refusal reason) {}

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> connected = new CopyOnWriteArrayList<>();
    private final List<Refused> refused = new CopyOnWriteArrayList<>();

    @Override
    public void connected(DeviceId device) {
        connected.add(device.toString());
    }

    @Override
    public void handshakeRefused(String credential, Refusal reason) {
        refused.add(new Refused(credential, reason));
    }

    List<String> connected() {
        return connected;
    }

    List<Refused> refused() {
        return refused;
    }

    /** The peer gets its alert a moment before the listener hears of it. */
    void awaitRefused(Refused expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(refused).containsExactly(expected));
    }

    void awaitReason(Refusal expected) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(refused).extracting(Refused::reason).containsExactly(expected));
    }
}
