package io.coapgate.gateway.device;

/** Two devices claim the same id or credential, so that a handshake could not tell them apart. */
public final class DuplicateEnrolmentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient DeviceId device;

    DuplicateEnrolmentException(DeviceId device, DeviceId other, String what) {
        super("device " + device + " shares " + what + " with device " + other);
        this.device = device;
    }

    /** The device that was read last. */
    public DeviceId device() {
        return device;
    }
}
