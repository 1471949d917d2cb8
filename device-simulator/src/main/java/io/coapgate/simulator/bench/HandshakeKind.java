package io.coapgate.simulator.bench;

import java.util.List;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

/** How devices authenticate, with the cipher suites that the gateway takes for it, in its order. */
public enum HandshakeKind {
    /** RFC 6655. */
    PSK("PSK CCM_8"),
    /** With forward secrecy, RFC 8442. */
    ECDHE_PSK("ECDHE-PSK CCM_8"),
    /** Raw public keys on P-256, RFC 7250; the client's order decides among the suites. */
    RPK("RPK P-256");

    private final String title;

    HandshakeKind(String title) {
        this.title = title;
    }

    /** For tables. */
    String title() {
        return title;
    }

    List<CipherSuite> suites() {
        return switch (this) {
            case PSK -> List.of(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);
            case ECDHE_PSK -> List.of(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256);
            case RPK ->
                List.of(
                        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
                        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8);
        };
    }
}
