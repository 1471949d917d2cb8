package io.coapgate.gateway.token;

/** How a CWT begins, RFC 8392 §6: with the tag of its COSE message (RFC 9052 §2), with or without the CWT tag in front. */
final class CwtTags {
    private static final int ENCRYPT0 = 0xd0; // tag 16
    private static final int SIGN1 = 0xd2; // tag 18; MAC0 is between them
    private static final int TAG_IN_NEXT_BYTE = 0xd8;
    private static final int CWT = 61;

    private CwtTags() {}

    static boolean begin(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xff;
        return (first >= ENCRYPT0 && first <= SIGN1) || (first == TAG_IN_NEXT_BYTE && bytes[1] == CWT);
    }
}
