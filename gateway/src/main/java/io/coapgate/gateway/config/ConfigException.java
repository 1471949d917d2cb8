package io.coapgate.gateway.config;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A configuration that can't be used, with everything that was found to be wrong. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    /** @param problems one at least, in the order of the file */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** One at least, in the order of the file. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
