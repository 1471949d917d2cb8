package io.coapgate.crypto.jca;

import static java.util.Objects.requireNonNull;

/**
 * Which provider does the asymmetric work in this process.
 *
 * @param accelerated whether it is the native one
 * @param description which it is and, if it is not the one that was hoped for, why; for logs and status pages
 */
public record ActiveProvider(boolean accelerated, String description) {
    /** Checks that there is a description. */
    public ActiveProvider {
        requireNonNull(description, "description");
    }
}
