package io.coapgate.gateway.exchange;

import java.util.Arrays;

/** The value of an Echo option, RFC 9175 §2.2.1: 1 to 40 bytes that mean something to who made them alone. Immutable. */
public final class Echo {
    private static final int MAX_BYTES = 40;

    private final byte[] value;

    private Echo(byte[] value) {
        this.value = value;
    }

    /** @param value 1 to 40 bytes */
    public static Echo of(byte[] value) {
        if (value.length < 1 || value.length > MAX_BYTES) {
            throw new IllegalArgumentException("an Echo has 1 to 40 bytes");
        }
        return new Echo(value.clone());
    }

    public byte[] bytes() {
        return value.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Echo other && Arrays.equals(value, other.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** Without the value: who knows it can answer for the device, for a while. */
    @Override
    public String toString() {
        return "Echo[" + value.length + " bytes]";
    }
}
