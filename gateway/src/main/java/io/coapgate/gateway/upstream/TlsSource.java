package io.coapgate.gateway.upstream;

import java.util.Optional;

/** Where an upstream's TLS material comes from, be it one that changes while the gateway runs. */
public interface TlsSource {
    /** The JDK's trust anchors, for good. */
    TlsSource JDK = () -> TlsMaterial.JDK;

    /** What was good when it was read last. Answers at once, from any thread. */
    TlsMaterial current();

    /**
     * Looks whether something has changed. May read files; is called again and again, by one thread at a time.
     *
     * @return what counts from now on; empty if nothing has changed, or not to something that can be used
     */
    default Optional<TlsMaterial> change() {
        return Optional.empty();
    }
}
