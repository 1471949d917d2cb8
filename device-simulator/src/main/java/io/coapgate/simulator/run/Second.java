package io.coapgate.simulator.run;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * One second of a run.
 *
 * @param t which one: from {@code t} to {@code t + 1} seconds after the start
 * @param latency of the requests that were answered in this second
 */
public record Second(
        int t, Requests requests, Devices devices, Quantiles latency, Traffic traffic, Processors processors) {
    public Second {
        requireNonNull(requests, "requests");
        requireNonNull(devices, "devices");
        requireNonNull(latency, "latency");
        requireNonNull(traffic, "traffic");
        requireNonNull(processors, "processors");
    }

    /**
     * Requests of this second.
     *
     * @param due that the schedule wanted sent in it; in a closed loop as many as were sent
     * @param sent that devices sent in it, whenever they were due
     * @param answered that got an answer of class 2 in it
     * @param errors other outcomes in it, by code or reason
     */
    public record Requests(long due, long sent, long answered, Map<String, Long> errors) {
        public Requests {
            errors = Map.copyOf(errors);
        }

        /** Outcomes that were no answer of class 2. */
        public long failed() {
            return errors.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * The fleet in this second.
     *
     * @param up devices with a DTLS session at its end
     * @param handshakes that devices began in it
     * @param tokens of devices that the gateway took in it
     */
    public record Devices(int up, long handshakes, long tokens) {}

    /** What went over the wire as UDP payload, in either direction as the devices see it. */
    public record Traffic(long bytesOut, long bytesIn, long datagramsOut, long datagramsIn) {}

    /**
     * How much of one processor core was used; 1.5 is one core and a half.
     *
     * @param simulator by this process, a service that it runs behind a local gateway included
     * @param gateway by the gateway's process, if it was started for the run
     */
    public record Processors(double simulator, OptionalDouble gateway) {
        public Processors {
            requireNonNull(gateway, "gateway");
        }
    }
}
