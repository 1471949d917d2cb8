package io.coapgate.simulator.device;

/** Where a device's CWTs come from. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface TokenSource {

    /** A token to upload now; a fresh one each time, or always the same. */
    byte[] token();
}
