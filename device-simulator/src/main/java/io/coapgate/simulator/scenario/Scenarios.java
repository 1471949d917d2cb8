package io.coapgate.simulator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Finds scenarios: files, and those that come with the simulator. */
final class Scenarios {
    /** In the order in which they are worth trying. */
    static final List<String> SHIPPED = List.of(
            "steady",
            "storm",
            "expiry-wave",
            "nat-rebind",
            "lossy",
            "upstream-outage",
            "restart",
            "key-rotation",
            "revocation",
            "skewed-clocks",
            "abuse",
            "overload");

    private static final long MAX_BYTES = 1024 * 1024;

    private Scenarios() {}

    /**
     * @param fileOrName a path, or the name of one that comes with the simulator
     * @throws NoSuchFileException if there is neither; the message has the names that there are
     */
    static Scenario read(String fileOrName) throws IOException {
        if (SHIPPED.contains(fileOrName)) {
            return ScenarioReader.read(fileOrName, fileOrName + ".yaml", shipped(fileOrName));
        }
        Path file = Path.of(fileOrName);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(
                    "no scenario " + fileOrName + ": neither a file nor one of " + String.join(", ", SHIPPED));
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": longer than any scenario");
        }
        return ScenarioReader.read(name(file), file.toString(), Files.readString(file));
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String shipped(String name) throws IOException {
        try (InputStream resource = Scenarios.class.getResourceAsStream("/scenarios/" + name + ".yaml")) {
            if (resource == null) {
                throw new NoSuchFileException("the scenario " + name + " is missing in this build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
