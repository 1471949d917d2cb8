package io.coapgate.gateway.exchange;

/** The content-formats that the gateway itself speaks (RFC 7252 §12.3, RFC 8392 §9.3, RFC 9200 §8.16, RFC 9290 §6.2, RFC 9770 §15.2). */
public final class ContentFormat {
    public static final int ACE_CBOR = 19;
    public static final int LINK_FORMAT = 40;
    public static final int CWT = 61;
    public static final int CONCISE_PROBLEM_DETAILS = 257;
    public static final int ACE_TRL_CBOR = 262;

    private ContentFormat() {}
}
