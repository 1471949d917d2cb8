package io.coapgate.simulator.bench;

import io.coapgate.simulator.launch.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which processor cores the server and the client run on: one for the server, the others for the client, by
 * {@code taskset} where there is one and at least two cores; wherever the system likes otherwise.
 */
final class Cores {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private final List<Integer> allowed;

    private Cores(List<Integer> allowed) {
        this.allowed = allowed;
    }

    static Cores ofThisMachine() throws IOException {
        if (!Files.isReadable(STATUS) || !Files.isExecutable(Path.of("/usr/bin/taskset"))) {
            return new Cores(List.of());
        }
        return new Cores(Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(ALLOWED))
                .findFirst()
                .map(line -> parse(line.substring(ALLOWED.length()).trim()))
                .orElse(List.of()));
    }

    /** A kernel's list of processors: {@code 0-2,5}. */
    static List<Integer> parse(String list) {
        List<Integer> cores = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", 2);
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                cores.add(core);
            }
        }
        return List.copyOf(cores);
    }

    boolean areSeparated() {
        return allowed.size() >= 2;
    }

    /** How a server is started on its core. */
    JavaCommand server(List<String> options) {
        return new JavaCommand(
                areSeparated() ? List.of("taskset", "-c", allowed.get(0).toString()) : List.of(), options);
    }

    /** Moves all threads of this process to the client's cores. */
    void moveClientAside() throws IOException, InterruptedException {
        if (areSeparated()) {
            String others = String.join(
                    ",",
                    allowed.subList(1, allowed.size()).stream()
                            .map(String::valueOf)
                            .toList());
            long pid = ProcessHandle.current().pid();
            Process taskset = new ProcessBuilder("taskset", "-a", "-c", "-p", others, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            taskset.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Override
    public String toString() {
        return areSeparated()
                ? "server on core " + allowed.get(0) + ", client and upstream on "
                        + (allowed.size() == 2 ? "core " + allowed.get(1) : (allowed.size() - 1) + " other cores")
                : "server and client share all cores";
    }
}
