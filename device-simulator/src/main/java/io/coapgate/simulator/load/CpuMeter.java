package io.coapgate.simulator.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** How much of a processor core a process uses. For one thread. */
final class CpuMeter {
    private final Supplier<Optional<Duration>> used;
    private Optional<Duration> last;
    private long lastNanos;

    /** @param used processor time so far; empty while there is no process */
    CpuMeter(Supplier<Optional<Duration>> used) {
        this.used = used;
        this.last = used.get();
        this.lastNanos = System.nanoTime();
    }

    /** Of this process. */
    static CpuMeter ofThisProcess() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new CpuMeter(() -> Optional.of(Duration.ofNanos(system.getProcessCpuTime())));
    }

    /** Cores used since the last call; empty if there is no process, or another one than then. */
    OptionalDouble cores() {
        Optional<Duration> now = used.get();
        long nanos = System.nanoTime();
        OptionalDouble cores = now.isPresent() && last.isPresent() && now.get().compareTo(last.get()) >= 0
                ? OptionalDouble.of(now.get().minus(last.get()).toNanos() / (double) Math.max(1, nanos - lastNanos))
                : OptionalDouble.empty();
        last = now;
        lastNanos = nanos;
        return cores;
    }
}
