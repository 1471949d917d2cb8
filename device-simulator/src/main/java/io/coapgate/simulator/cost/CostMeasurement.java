package io.coapgate.simulator.cost;

import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.SimulatedDevice;
import io.coapgate.simulator.fault.ImpairmentProxy;
import io.coapgate.simulator.fault.Impairments;
import io.coapgate.simulator.launch.LocalGateway;
import java.io.IOException;

/** Measures one device of each kind at a gateway that runs. */
final class CostMeasurement {
    private static final int WARM_REQUESTS = 4;

    private final CostHouse house;
    private final LocalGateway gateway;
    private final DeviceRuntime runtime;

    CostMeasurement(CostHouse house, LocalGateway gateway, DeviceRuntime runtime) {
        this.house = house;
        this.gateway = gateway;
        this.runtime = runtime;
    }

    /**
     * The cheaper of two tries: what a busy machine makes the device send again is no cost of its credential.
     *
     * @throws IOException if the gateway refuses what it should not, or does not answer
     */
    CostRow measure(KeyKind key, TokenWay way) throws IOException, InterruptedException {
        CostRow first = once(key, way);
        CostRow second = once(key, way);
        return first.datagrams() <= second.datagrams() ? first : second;
    }

    private CostRow once(KeyKind key, TokenWay way) throws IOException, InterruptedException {
        DeviceProfile device = house.device(key, way);
        if (way != TokenWay.IN_HANDSHAKE) {
            return once(key, way, device, 0);
        }
        Credential.AccessToken token = tokenFor(key, device);
        return once(key, way, DeviceProfile.of(device.id(), token), token.token().length);
    }

    private CostRow once(KeyKind key, TokenWay way, DeviceProfile profile, int tokenBytes)
            throws IOException, InterruptedException {
        try (ImpairmentProxy proxy = ImpairmentProxy.start(gateway.coaps(key.listener()), Impairments.NONE, 0);
                SimulatedDevice device = SimulatedDevice.start(profile, proxy.address(), runtime)) {
            CostTrip trip = new CostTrip(device, proxy, profile, way);
            Cost cold = trip.cost(trip::start);
            Cost warm = trip.cost(() -> {
                for (int i = 0; i < WARM_REQUESTS; i++) {
                    trip.request();
                }
            });
            Cost resumed = trip.cost(trip::resume);
            return new CostRow(
                    key,
                    way,
                    Math.max(tokenBytes, trip.tokenBytes()),
                    cold,
                    resumed,
                    warm.per(WARM_REQUESTS),
                    trip.largestDatagram());
        }
    }

    /** Fetched on a session that does not count. */
    private Credential.AccessToken tokenFor(KeyKind key, DeviceProfile profile)
            throws IOException, InterruptedException {
        try (SimulatedDevice device = SimulatedDevice.start(profile, gateway.coaps(key.listener()), runtime)) {
            return TokenEndpoint.tokenForHandshake(device, CostHouse.suite(key));
        }
    }
}
