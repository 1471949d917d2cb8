package io.coapgate.gateway.device;

import java.util.List;

/** The one current view of a device that all of its sessions share; registry changes are pushed into it. */
final class LiveDevice {
    /** The newest record; after a removal the last one, disabled. */
    private volatile Device device;

    LiveDevice(Device device) {
        this.device = device;
    }

    Device device() {
        return device;
    }

    void apply(DeviceChange change) {
        if (change instanceof DeviceChange.Updated updated) {
            device = updated.device();
        } else {
            Device last = device;
            device = new Device(last.id(), last.tenant(), last.attributes(), false, ScopeSet.EMPTY, List.of());
        }
    }
}
