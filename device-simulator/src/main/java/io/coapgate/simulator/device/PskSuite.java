package io.coapgate.simulator.device;

import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

/** The one cipher suite that a device with a pre-shared key offers. */
public enum PskSuite {
    /** RFC 6655, what RFC 7925 §4.2 asks of constrained devices. */
    CCM_8(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8),
    CCM(CipherSuite.TLS_PSK_WITH_AES_128_CCM),
    GCM(CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256),
    /** With forward secrecy, RFC 8442. */
    ECDHE_GCM(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256),
    ECDHE_CCM_8(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256);

    private final CipherSuite suite;

    PskSuite(CipherSuite suite) {
        this.suite = suite;
    }

    CipherSuite suite() {
        return suite;
    }
}
