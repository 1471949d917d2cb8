package io.coapgate.simulator.cost;

import java.util.Locale;

/** What a device authenticates its DTLS session with. */
public enum KeyKind {
    PSK("psk", "PSK, CCM_8"),
    ECDHE_PSK("psk", "ECDHE-PSK, GCM"),
    RPK("rpk", "RPK, P-256"),
    RPK_ED25519("rpk", "RPK, Ed25519"),
    X509("x509", "X.509, P-256");

    private final String listener;
    private final String title;

    KeyKind(String listener, String title) {
        this.listener = listener;
        this.title = title;
    }

    String listener() {
        return listener;
    }

    String title() {
        return title;
    }

    boolean isPreShared() {
        return this == PSK || this == ECDHE_PSK;
    }

    String deviceId() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-1";
    }
}
