package io.coapgate.gateway.exchange;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A range of bytes to ask an upstream for, RFC 9110 §14.1.2.
 *
 * @param last included
 * @param ifRange the strong entity-tag of the representation that it is to be a part of
 */
record Range(long first, long last, Optional<String> ifRange) {
    Range {
        requireNonNull(ifRange, "ifRange");
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("not a range");
        }
    }

    @Override
    public String toString() {
        return "bytes=" + first + "-" + last;
    }
}
