package io.coapgate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.NoAnswerException;
import io.coapgate.simulator.device.SimulatedDevice;
import io.coapgate.simulator.fault.Direction;
import io.coapgate.simulator.fault.Impairment;
import io.coapgate.simulator.fault.ImpairmentProxy;
import io.coapgate.simulator.fault.Impairments;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Devices behind a NAT that gives them another port in mid-session, and behind a network that loses datagrams. */
@ExtendWith(House.Keeper.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NatRebindingIT {
    private static final DeviceRequest GET = DeviceRequest.get(House.SESSION_PATH);

    private final House house;
    private final DeviceRuntime patient = DeviceRuntime.withThreads(2, Duration.ofSeconds(60));
    private final DeviceRuntime hasty = DeviceRuntime.withThreads(2, Duration.ofSeconds(3));
    private ImpairmentProxy proxy;

    NatRebindingIT(House house) {
        this.house = house;
    }

    @BeforeAll
    void start() throws Exception {
        proxy = ImpairmentProxy.start(house.gateway().coaps("psk"), Impairments.NONE, 7);
    }

    @AfterAll
    void close() {
        patient.close();
        hasty.close();
        proxy.close();
    }

    @Test
    void sessionWithConnectionIdSurvivesANewPort() throws Exception {
        try (SimulatedDevice device = start(house.psk(), patient)) {
            for (int ports = 0; ports < 3; ports++) {
                assertThat(House.await(device.request(GET)).isSuccess()).isTrue();
                assertThat(proxy.rebind()).isPositive();
            }
            assertThat(House.await(device.request(GET)).isSuccess()).isTrue();
            assertThat(device.handshakes()).isEqualTo(1);
        }
    }

    @Test
    void sessionWithoutConnectionIdNeedsANewHandshake() throws Exception {
        DeviceProfile profile = house.otherPsk().withoutConnectionId();
        try (SimulatedDevice device = start(profile, hasty)) {
            assertThat(House.await(device.request(GET)).isSuccess()).isTrue();
            proxy.rebind();
            long answers = proxy.counts(Direction.TO_CLIENT).received();
            assertThatThrownBy(() -> House.await(device.request(GET))).hasCauseInstanceOf(NoAnswerException.class);
            assertThat(proxy.counts(Direction.TO_CLIENT).received()).isEqualTo(answers);
        }
        try (SimulatedDevice device = start(profile, patient)) {
            assertThat(House.await(device.request(GET)).isSuccess()).isTrue();
            assertThat(device.handshakes()).isEqualTo(1);
        }
    }

    @Test
    void handshakeAndRequestsComeThroughALossyNetwork() throws Exception {
        Impairment lossy = Impairment.NONE.withLoss(0.15).withDuplication(0.1).withReordering(0.1);
        try (ImpairmentProxy bad = ImpairmentProxy.start(house.gateway().coaps("psk"), Impairments.both(lossy), 11);
                SimulatedDevice device = SimulatedDevice.start(house.psk(), bad.address(), patient)) {
            for (int i = 0; i < 5; i++) {
                assertThat(House.await(device.request(GET)).isSuccess()).isTrue();
            }
            assertThat(device.handshakes()).isEqualTo(1);
        }
    }

    private SimulatedDevice start(DeviceProfile profile, DeviceRuntime runtime) throws Exception {
        return SimulatedDevice.start(profile, proxy.address(), runtime);
    }
}
