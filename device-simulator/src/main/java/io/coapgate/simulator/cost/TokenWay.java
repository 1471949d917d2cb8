package io.coapgate.simulator.cost;

/** How a device comes to be allowed what it does. */
public enum TokenWay {
    SESSION("session"),
    SELF_ISSUED("self-issued CWT"),
    AUTHZ_INFO("CWT of an AS"),
    /** It fetches the CWT from the gateway itself, then uploads it. */
    TOKEN("CWT from /token"),
    /** The CWT is the PSK identity, and nothing is uploaded (RFC 9202 §3.3.2). */
    IN_HANDSHAKE("CWT in the handshake");

    private final String title;

    TokenWay(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Only a pre-shared key has an identity that can hold a token. */
    public boolean suits(KeyKind key) {
        return this != IN_HANDSHAKE || key.isPreShared();
    }
}
