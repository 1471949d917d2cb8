package io.coapgate.gateway.config;

/** Something made from files that follows their changes. Thread-safe. */
public interface Watched {
    /** Whether there is something to do; asked every two seconds. */
    boolean isStale();

    /** What has changed; equal to what it was before while nothing changes any more. */
    Object changes();

    /** Does what there is to do. */
    void follow();
}
