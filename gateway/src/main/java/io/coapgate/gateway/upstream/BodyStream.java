package io.coapgate.gateway.upstream;

/** A response that is being read. Thread-safe. */
@FunctionalInterface
public interface BodyStream {
    /** Stops reading, and closes the connection. May be called again. */
    void close();
}
