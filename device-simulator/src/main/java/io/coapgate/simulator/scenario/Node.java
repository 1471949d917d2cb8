package io.coapgate.simulator.scenario;

import java.util.List;
import java.util.Map;

/** A value out of a YAML file, with its place. */
sealed interface Node {
    /** The line it begins on, from 1. */
    int line();

    /** @param text as the file has it, unquoted */
    record Scalar(int line, String text) implements Node {}

    /** In the file's order. */
    record Sequence(int line, List<Node> elements) implements Node {}

    /** In the file's order. */
    record Mapping(int line, Map<String, Node> values) implements Node {}
}
