package io.coapgate.simulator.launch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be undone, last first, when it is closed or the virtual machine is told to end, whichever comes first.
 * Thread-safe; what it holds is closed once.
 */
final class Cleanup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

    /** Guarded by this. */
    private final Deque<AutoCloseable> pending = new ArrayDeque<>();

    private final Thread hook = new Thread(this::closeAll, "cleanup");

    /** Takes effect from now on. */
    static Cleanup registered() {
        Cleanup cleanup = new Cleanup();
        Runtime.getRuntime().addShutdownHook(cleanup.hook);
        return cleanup;
    }

    synchronized void add(AutoCloseable toClose) {
        pending.push(toClose);
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is ending already: the hook runs, and finds nothing left.
        }
    }

    private synchronized void closeAll() {
        while (!pending.isEmpty()) {
            try {
                pending.pop().close();
            } catch (Exception e) { // the others must be closed too
                LOG.warn("not cleaned up: {}", e.toString());
            }
        }
    }
}
