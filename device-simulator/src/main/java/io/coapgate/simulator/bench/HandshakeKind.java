package io.coapgate.simulator.bench;

import java.util.List;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

/** How devices authenticate, with the cipher suites that the gateway takes for it, in its order. */
enum HandshakeKind {
    /** RFC 6655. */
    PSK("PSK CCM_8", CipherSuite.TLS_PSK_WITH_AES_128_CCM_8),
    /** With forward secrecy, RFC 8442. */
    ECDHE_PSK("ECDHE-PSK CCM_8", CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256),
    /** Raw public keys on P-256, RFC 7250; the client's order decides among the suites. */
    RPK(
            "RPK P-256",
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8);

    private final String title;
    private final List<CipherSuite> suites;

    HandshakeKind(String title, CipherSuite... suites) {
        this.title = title;
        this.suites = List.of(suites);
    }

    /** For tables. */
    String title() {
        return title;
    }

    List<CipherSuite> suites() {
        return suites;
    }
}
