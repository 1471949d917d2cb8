package io.coapgate.crypto.ace;

/** The CBOR abbreviations of grant types (RFC 9200 §5.8.4.1, Table 4) that this software has a use for. */
public final class GrantType {

    /** The client asks in its own name (RFC 6749 §4.4): what a request means that names no grant type. */
    public static final int CLIENT_CREDENTIALS = 2;

    private GrantType() {}
}
