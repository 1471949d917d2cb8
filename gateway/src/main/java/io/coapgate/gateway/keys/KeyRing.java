package io.coapgate.gateway.keys;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All keys for one use: one makes tokens, one at most will be the next, and some may have retired.
 *
 * @param keys each with an id of its own
 */
public record KeyRing(KeyUse use, List<KeptKey> keys) {
    public KeyRing {
        requireNonNull(use, "use");
        keys = List.copyOf(keys);
        Set<String> ids = new HashSet<>();
        keys.forEach(key -> ids.add(key.id()));
        if (ids.size() < keys.size()) {
            throw new IllegalArgumentException("two keys have the same id");
        }
        if (count(keys, KeyState.CURRENT) != 1 || count(keys, KeyState.NEXT) > 1) {
            throw new IllegalArgumentException("one key is the current one, and at most one the next");
        }
    }

    private static long count(List<KeptKey> keys, KeyState state) {
        return keys.stream().filter(key -> key.state() == state).count();
    }

    /** The key that makes tokens. */
    public KeptKey current() {
        return in(KeyState.CURRENT).findFirst().orElseThrow();
    }

    public Optional<KeptKey> next() {
        return in(KeyState.NEXT).findFirst();
    }

    public List<KeptKey> retired() {
        return in(KeyState.RETIRED).toList();
    }

    public Optional<KeptKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private Stream<KeptKey> in(KeyState state) {
        return keys.stream().filter(key -> key.state() == state);
    }

    KeyRing with(KeptKey added) {
        return new KeyRing(use, Stream.concat(keys.stream(), Stream.of(added)).toList());
    }

    KeyRing without(KeptKey removed) {
        return new KeyRing(
                use, keys.stream().filter(key -> !key.id().equals(removed.id())).toList());
    }

    KeyRing map(UnaryOperator<KeptKey> change) {
        return new KeyRing(use, keys.stream().map(change).toList());
    }
}
