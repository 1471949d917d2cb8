package io.coapgate.gateway.keys;

import java.util.Locale;

/** Where a key is in its life. Verifiers may meet all three. */
public enum KeyState {
    /** Published, so that verifiers know it by the time it is used. */
    NEXT,
    /** Makes tokens. */
    CURRENT,
    /** Published until the last token that it made has ended. */
    RETIRED;

    /** As in metrics and commands. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
