package io.coapgate.simulator.load;

import java.util.Locale;

/** The kinds of credential that the devices of a fleet can have, with the listener of a local gateway for each. */
public enum CredentialKind {
    PSK("psk"),
    ECDHE_PSK("psk"),
    RPK("rpk"),
    RPK_ED25519("rpk"),
    X509("x509");

    private final String listener;

    CredentialKind(String listener) {
        this.listener = listener;
    }

    String listener() {
        return listener;
    }

    /** As command lines and fleet files write it: {@code rpk-ed25519}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
