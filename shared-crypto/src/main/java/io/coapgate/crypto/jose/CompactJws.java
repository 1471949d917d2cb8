package io.coapgate.crypto.jose;

import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The three parts of a JWS in compact serialization (RFC 7515 §7.1), decoded but not verified.
 *
 * @param signingInput the ASCII bytes that the signature covers
 */
record CompactJws(Map<String, Object> header, Map<String, Object> claims, byte[] signingInput, byte[] signature) {

    static CompactJws parse(String token) throws InvalidJwtException {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw malformed();
        }
        String signingInput = token.substring(0, token.lastIndexOf('.'));
        return new CompactJws(
                object(parts[0]),
                object(parts[1]),
                signingInput.getBytes(StandardCharsets.US_ASCII),
                Base64Url.decode(parts[2]).orElseThrow(CompactJws::malformed));
    }

    private static Map<String, Object> object(String part) throws InvalidJwtException {
        return Base64Url.decode(part).flatMap(CompactJws::json).orElseThrow(CompactJws::malformed);
    }

    /** A part's JSON object, if it is one. */
    static Optional<Map<String, Object>> json(byte[] part) {
        try {
            // A fresh decoder reports malformed UTF-8, where String's constructor would replace it.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(part))
                    .toString();
            return Json.readObject(text, JwtVerifier.MAX_TOKEN_LENGTH);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static InvalidJwtException malformed() {
        return new InvalidJwtException(Reason.MALFORMED);
    }
}
