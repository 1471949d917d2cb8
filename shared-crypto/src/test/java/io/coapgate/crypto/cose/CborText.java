package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;

/** Writes hexadecimal CBOR by hand, so that tests can also write what no encoder would. */
final class CborText {

    private CborText() {}

    /** A byte string of fewer than 24, or of 24 to 255 bytes. */
    static String bstr(String content) {
        int length = content.length() / 2;
        return (length < 24 ? "%02x".formatted(0x40 + length) : "58%02x".formatted(length)) + content;
    }

    /** A message of hand-made parts. */
    static byte[] message(String tag, String protectedHeader, String unprotectedMap, String payload, String tail) {
        return hex(tag + "84" + bstr(protectedHeader) + unprotectedMap + bstr(payload) + bstr(tail));
    }
}
