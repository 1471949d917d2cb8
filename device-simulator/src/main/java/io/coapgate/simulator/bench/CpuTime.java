package io.coapgate.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The processor time that a process has used, user and system, as Linux counts it (proc(5), {@code /proc/pid/stat}). */
final class CpuTime {
    private static final int UTIME = 14 - 3; // fields are counted from 1, and the split begins with the third
    private static final int STIME = UTIME + 1;
    private static final long NANOS_PER_TICK = 10_000_000; // USER_HZ is 100 on all of Linux

    private CpuTime() {}

    static Duration of(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    }

    /** The second field is the command in parentheses, which may hold spaces and parentheses itself. */
    static Duration parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofNanos((Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * NANOS_PER_TICK);
    }
}
