package io.coapgate.crypto.key;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one idle instance of something that is costly to make and that one thread at a time may use. Threads that come
 * while it is out make their own; nobody waits. Thread-safe.
 *
 * <p>A thread-local instance per key would be kept by every thread for as long as the key lives.
 */
public final class Spare<T> {

    private final AtomicReference<@Nullable T> idle = new AtomicReference<>();

    /** The idle instance, which is the caller's until it is put back; null if there is none. */
    public @Nullable T take() {
        return idle.getAndSet(null);
    }

    /** Not for an instance that has thrown: its state may be anything. */
    public void put(T instance) {
        idle.set(instance);
    }
}
