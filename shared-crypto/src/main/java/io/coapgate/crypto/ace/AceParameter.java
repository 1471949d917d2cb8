package io.coapgate.crypto.ace;

/** The CBOR abbreviations of ACE-OAuth parameters (RFC 9200 §5.8.5, Table 5). */
final class AceParameter {

    static final int ACCESS_TOKEN = 1;
    static final int CNF = 8;
    static final int AUDIENCE = 5;
    static final int SCOPE = 9;
    static final int CNONCE = 39;

    /** In creation hints only, where 1 and 2 mean something else than in other messages (RFC 9200 §5.3, Table 1). */
    static final int HINT_AS = 1;

    static final int HINT_KID = 2;

    private AceParameter() {}
}
