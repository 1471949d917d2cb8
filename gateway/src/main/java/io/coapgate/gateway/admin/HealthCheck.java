package io.coapgate.gateway.admin;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * One condition for taking requests.
 *
 * @param name 1 to 64 characters of {@code a-z 0-9 -}
 * @param healthy must answer at once, from any thread; if it throws, that is a no
 */
public record HealthCheck(String name, BooleanSupplier healthy) {
    private static final Pattern SYNTAX = Pattern.compile("[a-z0-9-]{1,64}");

    public HealthCheck {
        requireNonNull(healthy, "healthy");
        if (!SYNTAX.matcher(name).matches()) {
            throw new IllegalArgumentException("a check's name is 1 to 64 of a-z 0-9 -");
        }
    }

    boolean passes() {
        try {
            return healthy.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
