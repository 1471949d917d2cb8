package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The organisation that a device belongs to.
 *
 * @param name 1 to 64 characters of {@code A-Z a-z 0-9 . _ : @ -}
 */
public record Tenant(String name) {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");

    /** The tenant of devices that name none. */
    public static final Tenant DEFAULT = new Tenant("default");

    public Tenant {
        requireNonNull(name, "name");
        if (!SYNTAX.matcher(name).matches()) {
            throw new IllegalArgumentException("a tenant is 1 to 64 of A-Z a-z 0-9 . _ : @ -");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
