package io.coapgate.crypto.cwt;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.key.Thumbprint;
import java.util.Arrays;

/** A token of sound structure, of which nothing is verified. */
final class ParsedCwt {

    /** The CWT tag, 61, which may stand in front of the COSE tag (RFC 8392 §6). */
    private static final byte[] CWT_TAG = {(byte) 0xd8, 61};

    private final byte[] bytes;
    private final CoseMessage message;
    private final CwtClaims claims;

    private ParsedCwt(byte[] bytes, CoseMessage message, CwtClaims claims) {
        this.bytes = bytes;
        this.message = message;
        this.claims = claims;
    }

    static ParsedCwt parse(byte[] token, int maxBytes) throws InvalidCwtException {
        // Checked before the tag is taken off, so that the cap is one for all forms of a token.
        if (token.length > maxBytes) {
            throw new InvalidCwtException(InvalidCwtException.Reason.TOO_LARGE, "a token larger than allowed");
        }
        try {
            CoseMessage message = CoseMessage.decode(withoutCwtTag(token), maxBytes);
            return new ParsedCwt(token, message, CwtClaims.decode(message.unverifiedPayload(), maxBytes));
        } catch (CoseException e) {
            throw CoseRefusals.translate(e);
        }
    }

    CoseMessage message() {
        return message;
    }

    CwtClaims claims() {
        return claims;
    }

    int size() {
        return bytes.length;
    }

    Thumbprint thumbprint() {
        return Thumbprint.ofContent(bytes);
    }

    private static byte[] withoutCwtTag(byte[] token) {
        boolean tagged = token.length > 2 && token[0] == CWT_TAG[0] && token[1] == CWT_TAG[1];
        return tagged ? Arrays.copyOfRange(token, CWT_TAG.length, token.length) : token;
    }
}
