package io.coapgate.gateway.config;

import io.coapgate.gateway.keys.ClockJumps;
import io.coapgate.gateway.keys.KeyRings;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a running gateway: follows the file that commands and other gateways change, and changes it itself when time
 * asks for it. What can't be read leaves the keys as they are. Thread-safe.
 */
public final class IssuerKeyReloader implements Watched {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeyReloader.class);
    /** About a minute. */
    private static final int LOOKS_BETWEEN_FAILURES = 30;

    private final IssuerKeyStore store;
    private final ClockJumps jumps;
    private final Consumer<KeyRings> listener;

    /** Guarded by this. */
    private FilesSeen seen = new FilesSeen();

    /** After a failure, looks until the next attempt. Guarded by this. */
    private int rest;

    private volatile KeyRings rings;
    private volatile boolean failing;

    private IssuerKeyReloader(IssuerKeyStore store, ClockJumps jumps, KeyRings rings, Consumer<KeyRings> listener) {
        this.store = store;
        this.jumps = jumps;
        this.rings = rings;
        this.listener = listener;
        look();
    }

    /**
     * Opens the store.
     *
     * @param listener hears of the keys now, and of every change, one after the other
     * @throws ConfigException if keys can neither be read nor made
     */
    public static IssuerKeyReloader open(IssuerKeyStore store, ClockJumps jumps, Consumer<KeyRings> listener)
            throws ConfigException {
        KeyRings rings = store.open();
        listener.accept(rings);
        return new IssuerKeyReloader(store, jumps, rings, listener);
    }

    public KeyRings rings() {
        return rings;
    }

    /** Whether the last attempt to read or to change the file went wrong. */
    public boolean isFailing() {
        return failing;
    }

    @Override
    public synchronized boolean isStale() {
        boolean steady = jumps.isSteady();
        if (rest > 0) {
            rest--;
            return false;
        }
        return failing || seen.someChanged(1) || (steady && store.isDue(rings));
    }

    @Override
    public synchronized Map<?, ?> changes() {
        return seen.changes();
    }

    /** Takes over what others have changed; changes what is due. */
    @Override
    public synchronized void follow() {
        look();
        try {
            KeyRings read = store.read();
            take(jumps.isSteady() && store.isDue(read) ? store.advance() : read);
            failing = false;
        } catch (ConfigException e) {
            e.problems().forEach(problem -> LOG.error("{}; the keys stay as they are", problem));
            pause();
        } catch (IOException | RuntimeException e) {
            LOG.error("{}: can't be followed; the keys stay as they are", store.path(), e);
            pause();
        }
    }

    private synchronized void pause() {
        rest = LOOKS_BETWEEN_FAILURES;
        failing = true;
    }

    /** Before the file is read: what changes from here on is a change. */
    private synchronized void look() {
        seen = new FilesSeen();
        seen.add(store.path());
    }

    private void take(KeyRings now) throws ConfigException {
        store.requireAll(now);
        if (!now.equals(rings)) {
            listener.accept(now);
            rings = now;
            now.stream()
                    .forEach(ring -> LOG.info(
                            "key {} makes tokens for {}",
                            ring.current().id(),
                            ring.use().label()));
        }
    }
}
