package io.coapgate.gateway.config;

import io.coapgate.gateway.device.Device;
import java.util.List;

/**
 * What a reading of devices.yaml gave.
 *
 * @param devices all of them in the order of the file; no two share an id or a credential
 * @param warnings what can be used, but is hardly meant so
 */
public record DevicesReading(List<Device> devices, List<ConfigProblem> warnings) {
    public DevicesReading {
        devices = List.copyOf(devices);
        warnings = List.copyOf(warnings);
    }
}
