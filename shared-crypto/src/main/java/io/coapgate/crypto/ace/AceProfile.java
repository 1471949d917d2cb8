package io.coapgate.crypto.ace;

/** The CBOR abbreviations of ACE profiles (RFC 9200 §8.8) that this software has a use for. */
public final class AceProfile {

    /** {@code coap_dtls}: CoAP over DTLS (RFC 9202 §9). */
    public static final int COAP_DTLS = 1;

    private AceProfile() {}
}
