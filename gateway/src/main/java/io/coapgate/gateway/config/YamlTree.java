package io.coapgate.gateway.config;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A value out of a YAML text, and where each of its parts stood.
 *
 * @param path where the root itself stands in its file
 * @param positions of keys and list elements, by their path
 */
record YamlTree(JsonNode root, KeyPath path, Map<KeyPath, Position> positions) {
    Position position(KeyPath of) {
        return positions.getOrDefault(of, Position.WHOLE_FILE);
    }
}
