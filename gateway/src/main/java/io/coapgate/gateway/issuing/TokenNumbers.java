package io.coapgate.gateway.issuing;

import java.io.IOException;

/** Numbers the tokens with {@code exi} for each audience (RFC 9200 §5.10.3), over restarts too. Thread-safe; may wait for a disk. */
@FunctionalInterface
public interface TokenNumbers {
    /** For a server none of whose audiences needs any. */
    TokenNumbers NONE = audience -> {
        throw new IOException("there are no numbers for " + audience);
    };

    /**
     * The next number, from 1 on: higher than any that has ever been given out for this audience, whatever has happened since.
     *
     * @throws IOException if that can't be made sure of, or no number is left
     */
    long next(String audience) throws IOException;
}
