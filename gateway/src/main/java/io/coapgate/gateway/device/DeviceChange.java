package io.coapgate.gateway.device;

/** What happened to an enrolled device. */
public sealed interface DeviceChange {
    DeviceId id();

    /** The device is enrolled with these data now; it may have been disabled or have lost a credential. */
    record Updated(Device device) implements DeviceChange {
        @Override
        public DeviceId id() {
            return device.id();
        }
    }

    record Removed(DeviceId id) implements DeviceChange {}
}
