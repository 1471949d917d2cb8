package io.coapgate.simulator.launch;

import java.io.FileNotFoundException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the gateway's jar: where the system property {@code coapgate.gateway.jar} or the environment's
 * COAPGATE_GATEWAY_JAR says, else beside the simulator's own, as in a checkout that was built.
 */
public final class GatewayJar {
    private static final String NAME = "coapgate-gateway.jar";
    private static final int LEVELS_UP = 4;

    private GatewayJar() {}

    /** @throws FileNotFoundException if there is none; the message says where it was looked for */
    public static Path locate() throws FileNotFoundException {
        List<Path> candidates = candidates();
        return candidates.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new FileNotFoundException("the gateway's jar was not found at any of " + candidates
                        + "; build it (mvn package), or name it in COAPGATE_GATEWAY_JAR"));
    }

    private static List<Path> candidates() {
        String named = Optional.ofNullable(System.getProperty("coapgate.gateway.jar"))
                .or(() -> Optional.ofNullable(System.getenv("COAPGATE_GATEWAY_JAR")))
                .orElse("");
        if (!named.isEmpty()) {
            return List.of(Path.of(named));
        }
        List<Path> candidates = new ArrayList<>();
        Path directory = ownLocation().orElseGet(() -> Path.of("").toAbsolutePath());
        for (int i = 0; i < LEVELS_UP && directory != null; i++) {
            candidates.add(directory.resolve(NAME));
            candidates.add(directory.resolve("gateway").resolve("target").resolve(NAME));
            directory = directory.getParent();
        }
        return candidates;
    }

    private static Optional<Path> ownLocation() {
        CodeSource source = GatewayJar.class.getProtectionDomain().getCodeSource();
        try {
            return source == null || source.getLocation() == null
                    ? Optional.empty()
                    : Optional.ofNullable(Path.of(source.getLocation().toURI()).getParent());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
