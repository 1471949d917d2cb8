package io.coapgate.crypto.ace;

/** The CBOR abbreviations of ACE-OAuth parameters (RFC 9200 §5.8.5, Table 5, and §5.9.4, Table 6; RFC 9201 §5, Table 1). */
final class AceParameter {

    static final int ACCESS_TOKEN = 1;
    static final int EXPIRES_IN = 2;
    static final int REQ_CNF = 4;
    static final int AUDIENCE = 5;
    static final int CNF = 8;
    static final int SCOPE = 9;
    static final int ACTIVE = 10;
    static final int TOKEN = 11;
    static final int CLIENT_ID = 24;
    static final int CLIENT_SECRET = 25;
    static final int ERROR = 30;
    static final int ERROR_DESCRIPTION = 31;
    static final int GRANT_TYPE = 33;
    static final int TOKEN_TYPE = 34;
    static final int ACE_PROFILE = 38;
    static final int CNONCE = 39;
    static final int RS_CNF = 41;

    /** In creation hints only, where 1 and 2 mean something else than in other messages (RFC 9200 §5.3, Table 1). */
    static final int HINT_AS = 1;

    static final int HINT_KID = 2;

    private AceParameter() {}
}
