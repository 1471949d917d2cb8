package io.coapgate.gateway.cli;

/** YAML for devices.yaml. */
final class RegistryEntry {
    private RegistryEntry() {}

    /** In quotes, so that an id like {@code 0017} or {@code true} stays text. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
