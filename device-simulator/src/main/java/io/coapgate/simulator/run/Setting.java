package io.coapgate.simulator.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What ran, against what, when and where.
 *
 * @param scenario its name; {@code simulate} if the run was described by options alone
 * @param target the server's address as a URI, or {@code local} for a gateway that was started for the run
 * @param machine that the simulator ran on
 */
public record Setting(String scenario, String target, Instant startedAt, Machine machine, Fleet fleet) {
    public Setting {
        requireNonNull(scenario, "scenario");
        requireNonNull(target, "target");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(machine, "machine");
        requireNonNull(fleet, "fleet");
    }

    /**
     * A computer and its Java.
     *
     * @param cpus that the virtual machine may use
     * @param memoryBytes the most that the virtual machine takes for its heap
     */
    public record Machine(String os, int cpus, String jdk, long memoryBytes) {
        public Machine {
            requireNonNull(os, "os");
            requireNonNull(jdk, "jdk");
        }
    }

    /**
     * The devices.
     *
     * @param credential as options name it, {@code rpk-ed25519}
     * @param tokenMode as options name it, {@code authz-info}
     */
    public record Fleet(int devices, String credential, String tokenMode, boolean connectionId) {
        public Fleet {
            requireNonNull(credential, "credential");
            requireNonNull(tokenMode, "tokenMode");
        }
    }
}
