package io.coapgate.simulator.bench;

import java.time.Duration;
import java.util.List;

/**
 * What to measure, and how thoroughly.
 *
 * @param runs per server and kind of handshake
 * @param devices per kind, more than {@code atOnce}
 * @param atOnce how many connect at a time
 */
public record StormPlan(
        List<HandshakeKind> handshakes, int runs, Duration duration, WarmUp warmUp, int devices, int atOnce) {
    private static final int AT_ONCE = 32;
    private static final int DEVICES = 256;

    public StormPlan {
        handshakes = List.copyOf(handshakes);
        if (handshakes.isEmpty() || runs < 1 || atOnce < 1 || devices <= atOnce) {
            throw new IllegalArgumentException("there is one kind of handshake and one run at least");
        }
    }

    /**
     * For a figure to rely on. All servers together stay below the 150,000 handshakes in 135 s beyond which Scandium refuses
     * new peers.
     */
    public static StormPlan thorough() {
        return new StormPlan(
                List.of(HandshakeKind.values()),
                5,
                Duration.ofSeconds(2),
                new WarmUp(20_000, Duration.ofSeconds(60)),
                DEVICES,
                AT_ONCE);
    }

    /** To see that it works; its figures mean little. */
    public static StormPlan quick() {
        return new StormPlan(
                List.of(HandshakeKind.values()),
                1,
                Duration.ofMillis(500),
                new WarmUp(1, Duration.ofMillis(200)),
                16,
                4);
    }
}
