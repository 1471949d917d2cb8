package io.coapgate.gateway.issuing;

import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceId;
import java.time.Instant;

/** Proof that a request over HTTP comes from an enrolled device. Only {@link ClientAuthenticator} makes one. */
public final class AuthenticatedClient {
    private final Device device;
    private final Instant notAfter;

    AuthenticatedClient(Device device, Instant notAfter) {
        this.device = device;
        this.notAfter = notAfter;
    }

    public DeviceId id() {
        return device.id();
    }

    /** The registry's record of it at the time of the request. */
    public Device device() {
        return device;
    }

    /** When the credential that it used ends. */
    public Instant notAfter() {
        return notAfter;
    }

    @Override
    public String toString() {
        return "AuthenticatedClient[" + id() + "]";
    }
}
