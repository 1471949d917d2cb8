package io.coapgate.gateway.observe;

/**
 * How many observations may stand at once.
 *
 * @param maxObservations of all devices; a request for one more is answered, but not observed
 * @param maxObservationsPerDevice of one device
 */
public record ObservationSettings(int maxObservations, int maxObservationsPerDevice) {
    public ObservationSettings {
        if (maxObservations < 1 || maxObservationsPerDevice < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }
}
