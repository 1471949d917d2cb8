package io.coapgate.gateway.admin;

import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyState;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Shows the keys that the gateway makes for itself, read at every scrape: how old the current ones are, and how many there are. */
public final class IssuerKeyGauges {
    private static final String USE = "use";

    private IssuerKeyGauges() {}

    /**
     * Registers them.
     *
     * @param rings must answer at once, from any thread
     * @param failing whether changes of the keys could not be read or written last time
     */
    public static void show(Metrics metrics, Supplier<List<KeyRing>> rings, BooleanSupplier failing, Clock clock) {
        GaugeWithCallback.builder()
                .name("coapgate_issuer_key_age_seconds")
                .help("How long the current key has been in use")
                .labelNames(USE)
                .callback(shown -> rings.get()
                        .forEach(ring -> shown.call(age(ring, clock), ring.use().label())))
                .register(metrics.registry());
        GaugeWithCallback.builder()
                .name("coapgate_issuer_keys")
                .help("Keys that the gateway has made and publishes or uses")
                .labelNames(USE, "state")
                .callback(shown -> rings.get().forEach(ring -> {
                    for (KeyState state : KeyState.values()) {
                        shown.call(count(ring, state), ring.use().label(), state.label());
                    }
                }))
                .register(metrics.registry());
        metrics.gauge(
                "coapgate_issuer_keys_followed",
                "0 if the keys in the state directory could not be read or changed last time",
                () -> failing.getAsBoolean() ? 0 : 1);
    }

    private static double age(KeyRing ring, Clock clock) {
        return Duration.between(ring.current().times().since(), clock.instant()).toSeconds();
    }

    private static double count(KeyRing ring, KeyState state) {
        return ring.keys().stream().filter(key -> key.state() == state).count();
    }
}
