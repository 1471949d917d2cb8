package io.coapgate.gateway.observe;

import io.coapgate.gateway.exchange.DeviceResponse;

/** The way to a device that observes. Thread-safe; never blocks, never throws. */
public interface Observer {
    /** Sends the newest state; an older one that still waits to be sent may be left out. */
    void changed(DeviceResponse state);

    /** Sends the last word, an error, after which the observation is over. */
    void ended(DeviceResponse last);
}
