package io.coapgate.gateway.keys;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a key that the gateway makes is for. */
public enum KeyUse {
    /** Signs the JWTs that services get. */
    JWT,
    /** Makes the CWTs that are for the gateway itself, with a MAC. */
    CWT_MAC,
    /** Signs the CWTs that other resource servers verify. */
    CWT_SIGNATURE;

    /** As in files, metrics and commands: {@code jwt}, {@code cwt-mac}, {@code cwt-signature}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<KeyUse> ofLabel(String label) {
        return Stream.of(values()).filter(use -> use.label().equals(label)).findFirst();
    }
}
