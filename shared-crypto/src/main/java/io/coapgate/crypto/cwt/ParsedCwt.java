package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.TOO_LARGE;

import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseHeaders;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.key.Thumbprint;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token of sound structure, decrypted if it came encrypted; a signature or MAC is not verified yet.
 *
 * <p>The forms (RFC 8392 §7): signed or MACed; encrypted; or signed or MACed and then encrypted. Nothing is encrypted twice.
 */
final class ParsedCwt {

    /** The CWT tag, 61, which may stand in front of a COSE tag (RFC 8392 §6). */
    private static final byte[] CWT_TAG = {(byte) 0xd8, 61};

    /** The first byte of a map is below this, that of a tag is not. */
    private static final int FIRST_TAG = 0xc0;

    private final byte[] token;
    private final CoseHeaders headers;
    private final byte[] payload;
    private final CwtClaims claims;
    private final @Nullable CoseMessage message;
    private final @Nullable String decryptedFor;

    private ParsedCwt(
            byte[] token,
            CoseHeaders headers,
            byte[] payload,
            CwtClaims claims,
            @Nullable CoseMessage message,
            @Nullable String decryptedFor) {
        this.token = token;
        this.headers = headers;
        this.payload = payload;
        this.claims = claims;
        this.message = message;
        this.decryptedFor = decryptedFor;
    }

    static ParsedCwt parse(byte[] token, int maxBytes, Decrypter decrypter) throws InvalidCwtException {
        // Checked before the tag is taken off, so that the cap is one for all forms of a token.
        if (token.length > maxBytes) {
            throw new InvalidCwtException(TOO_LARGE, "a token larger than allowed");
        }
        byte[] cose = withoutCwtTag(token);
        try {
            return CoseEncrypt0.isTagged(cose)
                    ? encrypted(token, CoseEncrypt0.decode(cose, maxBytes), maxBytes, decrypter)
                    : authenticated(token, cose, maxBytes, null);
        } catch (CoseException e) {
            throw CoseRefusals.translate(e);
        }
    }

    private static ParsedCwt encrypted(byte[] token, CoseEncrypt0 outer, int maxBytes, Decrypter decrypter)
            throws InvalidCwtException, CoseException {
        Decrypter.Decrypted content = decrypter.decrypt(outer);
        byte[] plaintext = content.plaintext();
        boolean nested = plaintext.length > 0 && (plaintext[0] & 0xff) >= FIRST_TAG;
        if (nested) {
            return authenticated(token, withoutCwtTag(plaintext), maxBytes, content.issuer());
        }
        CwtClaims claims = CwtClaims.decode(plaintext, maxBytes);
        return new ParsedCwt(token, outer.headers(), plaintext, claims, null, content.issuer());
    }

    private static ParsedCwt authenticated(byte[] token, byte[] cose, int maxBytes, @Nullable String decryptedFor)
            throws InvalidCwtException, CoseException {
        CoseMessage message = CoseMessage.decode(cose, maxBytes);
        byte[] payload = message.unverifiedPayload();
        CwtClaims claims = CwtClaims.decode(payload, maxBytes);
        return new ParsedCwt(token, message.headers(), payload, claims, message, decryptedFor);
    }

    /** The headers of what vouches for the issuer: the signature or MAC, if there is one, or else the encryption. */
    CoseHeaders headers() {
        return headers;
    }

    CwtClaims claims() {
        return claims;
    }

    /** The message whose signature or MAC is still to be verified; empty if the token was encrypted only. */
    Optional<CoseMessage> message() {
        return Optional.ofNullable(message);
    }

    /** The only issuer that the token can be of, by the key that decrypted it; empty if it was not encrypted. */
    Optional<String> decryptedFor() {
        return Optional.ofNullable(decryptedFor);
    }

    int size() {
        return token.length;
    }

    /** Over header and claims as they were signed or MACed, or over the claims that were encrypted. */
    Thumbprint contentThumbprint() {
        return message == null ? Thumbprint.ofContent(payload) : message.authenticatedThumbprint();
    }

    private static byte[] withoutCwtTag(byte[] token) {
        boolean tagged = token.length > 2 && token[0] == CWT_TAG[0] && token[1] == CWT_TAG[1];
        return tagged ? Arrays.copyOfRange(token, CWT_TAG.length, token.length) : token;
    }
}
