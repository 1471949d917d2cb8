package io.coapgate.gateway.keys;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The key rings of all uses, as they are at one moment. Immutable. */
public final class KeyRings {
    public static final KeyRings NONE = new KeyRings(new EnumMap<>(KeyUse.class));

    /** Not changed after construction. */
    private final Map<KeyUse, KeyRing> byUse;

    private KeyRings(Map<KeyUse, KeyRing> byUse) {
        this.byUse = byUse;
    }

    /** @throws IllegalArgumentException if a use occurs twice */
    public static KeyRings of(List<KeyRing> rings) {
        KeyRings all = NONE;
        for (KeyRing ring : rings) {
            if (all.of(ring.use()).isPresent()) {
                throw new IllegalArgumentException("two rings for one use");
            }
            all = all.with(ring);
        }
        return all;
    }

    public Optional<KeyRing> of(KeyUse use) {
        return Optional.ofNullable(byUse.get(use));
    }

    /** In the order of their uses. */
    public Stream<KeyRing> stream() {
        return byUse.values().stream();
    }

    public KeyRings with(KeyRing ring) {
        Map<KeyUse, KeyRing> changed = new EnumMap<>(KeyUse.class);
        changed.putAll(byUse);
        changed.put(ring.use(), ring);
        return new KeyRings(changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRings rings && rings.byUse.equals(byUse);
    }

    @Override
    public int hashCode() {
        return byUse.hashCode();
    }

    @Override
    public String toString() {
        return "KeyRings" + byUse.values();
    }
}
