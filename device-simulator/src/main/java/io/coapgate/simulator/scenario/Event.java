package io.coapgate.simulator.scenario;

import io.coapgate.simulator.fault.Impairments;
import java.time.Duration;
import java.util.Locale;

/**
 * Something that is done to a run.
 *
 * @param at from when requests begin
 * @param impairments for {@link Kind#NETWORK}
 * @param devices how many, for {@link Kind#DEVICES_REMOVED} and {@link Kind#ABUSE}
 * @param rate requests per second, for {@link Kind#ABUSE}
 */
record Event(Duration at, Kind kind, Impairments impairments, int devices, double rate) {
    /** What can be done. */
    enum Kind {
        /** The gateway is asked to end, and started again. */
        GATEWAY_RESTART(true),
        /** The gateway is ended at once, and started again. */
        GATEWAY_KILL(true),
        /** The service behind the gateway goes away. */
        UPSTREAM_OUTAGE(true),
        /** It comes back. */
        UPSTREAM_RECOVERY(true),
        /** The first devices are taken out of the registry. */
        DEVICES_REMOVED(true),
        /** The gateway's next issuer keys take over. */
        ISSUER_KEYS_ROTATED(true),
        /** The first devices send as much as they can, whatever the answers. */
        ABUSE(false),
        /** All devices go on from other ports. */
        NAT_REBIND(false),
        /** The network between devices and gateway changes. */
        NETWORK(false);

        private final boolean local;

        Kind(boolean local) {
            this.local = local;
        }

        /** Whether it can be done only to a gateway that was started for the run. */
        boolean isLocal() {
            return local;
        }

        /** As scenarios and marks have it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
