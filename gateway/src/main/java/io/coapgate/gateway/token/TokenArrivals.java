package io.coapgate.gateway.token;

import java.io.IOException;

/** Remembers when tokens with {@code exi} came first, over restarts too (RFC 9200 §5.10.3). Thread-safe. */
public interface TokenArrivals {
    /**
     * A token has come in. When this returns, its first arrival can't be forgotten any more. Waits for a disk.
     *
     * @return the same with the end that it has had since its first arrival
     * @throws TokenRefusedException see {@link ArrivalBook#endOf}
     * @throws IOException if it can't be remembered: the token must not count
     */
    Arrival arrived(Arrival arrival, ExpiresInSettings settings) throws TokenRefusedException, IOException;

    /** Whether a token has ended, by its own time or with one of a higher number. Answers at once. */
    boolean hasEnded(TokenCounter counter, long number);

    /**
     * Looks at the time. May have to wait for {@link #arrived}.
     *
     * @return whether tokens have ended since that were said to end later when they came
     */
    boolean passTime();
}
