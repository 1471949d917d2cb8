package io.coapgate.simulator.cost;

import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.LocalGateway;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Starts a gateway and a service on loopback, and measures what devices pay there. */
public final class CostRun {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int THREADS = 2;

    private final Clock clock;
    private final SecureRandom random;

    public CostRun(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * Measures every way to a token with each of these keys that it suits.
     *
     * @param progress told of each that is about to be measured
     * @throws IOException if the gateway can't be started, refuses, or does not answer
     */
    public List<CostRow> measure(Set<KeyKind> keys, Set<TokenWay> ways, Consumer<String> progress)
            throws IOException, GeneralSecurityException, InterruptedException {
        CostHouse house = new CostHouse(clock, random);
        List<CostRow> rows = new ArrayList<>();
        try (LocalGateway gateway = LocalGateway.start(
                        house.setup(),
                        house.enrolments(),
                        LocalGateway.Service.ANSWER_AT_ONCE,
                        JavaCommand.plain(),
                        clock);
                DeviceRuntime runtime = DeviceRuntime.withThreads(THREADS, ANSWER_TIMEOUT)) {
            CostMeasurement measurement = new CostMeasurement(house, gateway, runtime);
            for (KeyKind key : keys) {
                for (TokenWay way : ways) {
                    if (way.suits(key)) {
                        progress.accept(key.title() + ", " + way.title());
                        rows.add(measurement.measure(key, way));
                    }
                }
            }
        }
        return rows;
    }
}
