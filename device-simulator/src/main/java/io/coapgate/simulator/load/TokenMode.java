package io.coapgate.simulator.load;

import java.util.Locale;

/** What the devices of a fleet show beyond their DTLS session. */
public enum TokenMode {
    /** Nothing. */
    SESSION,
    /** A CWT that the fleet's own authorization server issued for them, uploaded to {@code /authz-info}. */
    AUTHZ_INFO,
    /** A CWT that they issued themselves, uploaded likewise. */
    SELF_ISSUED,
    /** A CWT of the fleet's own authorization server that they bring in the handshake, as {@code psk_identity} (RFC 9202). */
    IN_HANDSHAKE,
    /** A CWT that they ask the gateway itself for, at {@code /token}, uploaded likewise. */
    VIA_TOKEN;

    /** As command lines and fleet files write it: {@code authz-info}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
