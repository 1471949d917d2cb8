package io.coapgate.gateway.config;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a configuration file. Never quotes a secret.
 *
 * @param file as the operator named it
 * @param line from 1 on; 0 if the file as a whole is meant
 * @param column from 1 on; 0 if the file as a whole is meant
 * @param key where in the file, such as {@code routes[0].upstream}; empty if the file as a whole is meant
 * @param message what is wrong
 * @param advice what to write instead; empty if the message says it
 */
public record ConfigProblem(String file, int line, int column, String key, String message, String advice) {
    public ConfigProblem {
        requireNonNull(file, "file");
        requireNonNull(key, "key");
        requireNonNull(message, "message");
        requireNonNull(advice, "advice");
    }

    /** {@code config/gateway.yaml:12:5: routes[0].upstream: what is wrong; what to write instead}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file).append(':');
        if (line > 0) {
            text.append(line).append(':').append(column).append(':');
        }
        if (!key.isEmpty()) {
            text.append(' ').append(key).append(':');
        }
        text.append(' ').append(message);
        if (!advice.isEmpty()) {
            text.append("; ").append(advice);
        }
        return text.toString();
    }
}
