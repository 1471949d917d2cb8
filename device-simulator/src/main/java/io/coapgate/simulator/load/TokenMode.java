package io.coapgate.simulator.load;

import java.util.Locale;

/** What the devices of a fleet show beyond their DTLS session. */
public enum TokenMode {
    /** Nothing. */
    SESSION,
    /** A CWT that the fleet's own authorization server issued for them, uploaded to {@code /authz-info}. */
    AUTHZ_INFO,
    /** A CWT that they issued themselves, uploaded likewise. */
    SELF_ISSUED;

    /** As command lines and fleet files write it: {@code authz-info}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
