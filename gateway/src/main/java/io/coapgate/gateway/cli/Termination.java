package io.coapgate.gateway.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for SIGTERM or SIGINT, so that the program can end by itself with exit code 0: left to the JVM, a SIGTERM ends in
 * 143. A second signal stops the program where it stands.
 */
final class Termination {
    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);
    private static final int STOPPED_BY_SIGNAL = 143;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final AtomicBoolean first = new AtomicBoolean(true);

    /** Takes the signals over from the JVM. */
    void listen() {
        try {
            // By reflection: javac warns at any mention of this class, and there is no other for signals.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Termination.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        request();
                        return null;
                    });
            for (String name : List.of("TERM", "INT")) {
                Object instance = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, instance, ours);
            }
        } catch (ReflectiveOperationException e) {
            LOG.warn("this Java platform has no signals: the gateway will stop without draining", e);
        }
    }

    /** What a signal does. */
    void request() {
        if (first.getAndSet(false)) {
            LOG.info("stopping; once more to stop at once");
            requested.countDown();
        } else {
            Runtime.getRuntime().halt(STOPPED_BY_SIGNAL);
        }
    }

    /** Returns after the first signal. */
    void await() throws InterruptedException {
        requested.await();
    }
}
