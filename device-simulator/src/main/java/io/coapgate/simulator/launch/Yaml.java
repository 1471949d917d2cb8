package io.coapgate.simulator.launch;

import java.util.List;
import java.util.stream.Collectors;

/** YAML's double-quoted scalars and flow lists, enough to write a configuration that reads well. */
final class Yaml {
    private Yaml() {}

    static String text(String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("only printable ASCII is written into configurations");
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String list(List<String> values) {
        return values.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
