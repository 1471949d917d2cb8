package io.coapgate.simulator.load;

import java.util.Locale;

/** What devices do between their requests. */
public enum Sleep {
    /** Stay awake, at the same port. */
    NEVER,
    /** Vanish without a word, and wake at another port with the session they had; without connection ID it is lost. */
    KEEPING_SESSION,
    /** Vanish without a word, and wake with nothing: each request needs a handshake and a token. */
    FORGETTING;

    /** As scenarios write it: {@code keeping-session}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
