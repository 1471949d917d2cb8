package io.coapgate.gateway.payload;

import java.util.Base64;
import java.util.HexFormat;

/** How bytes are written as text; the expected conversions of RFC 8949 §3.4.5.2. */
enum Base {
    /** Without padding; tag 21, and what is not tagged (RFC 8949 §6.1). */
    BASE64URL {
        @Override
        String encode(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    },
    /** With padding; tag 22. */
    BASE64 {
        @Override
        String encode(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    },
    /** In upper case; tag 23. */
    BASE16 {
        @Override
        String encode(byte[] bytes) {
            return HexFormat.of().withUpperCase().formatHex(bytes);
        }
    };

    abstract String encode(byte[] bytes);
}
