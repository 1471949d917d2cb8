package io.coapgate.simulator.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a child process of Java is started: by the Java that runs this, at a processor if told so. Immutable.
 *
 * @param prefix what stands before {@code java}, such as {@code taskset}
 * @param options of the virtual machine
 */
public record JavaCommand(List<String> prefix, List<String> options) {
    private static final int FIRST_THAT_WARNS = 24;

    public JavaCommand {
        prefix = List.copyOf(prefix);
        options = List.copyOf(options);
    }

    public static JavaCommand plain() {
        return new JavaCommand(List.of(), List.of());
    }

    /** The whole command line. */
    public List<String> line(String... arguments) {
        List<String> line = new ArrayList<>(prefix);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= FIRST_THAT_WARNS) {
            // Netty and the native provider use memory and libraries that newer JDKs warn about.
            line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        line.addAll(options);
        line.addAll(List.of(arguments));
        return line;
    }
}
