package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MALFORMED;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.StrictCbor;
import java.util.Map;

/** Reads a map of claims, each with the type that it has to have. */
final class ClaimsReader {

    static final int ISS = 1;
    static final int SUB = 2;
    static final int AUD = 3;
    static final int EXP = 4;
    static final int NBF = 5;
    static final int IAT = 6;
    static final int CTI = 7;
    static final int CNF = 8;
    static final int SCOPE = 9;
    static final int CNONCE = 39;
    static final int EXI = 40;

    private static final int MAX_NAME = 255;
    private static final int MAX_AUDIENCES = 16;
    private static final int MAX_SCOPE = 1024;

    private final CwtClaims.Builder claims = CwtClaims.builder();

    private ClaimsReader() {}

    static CwtClaims read(byte[] encoded, int maxBytes) throws InvalidCwtException {
        ClaimsReader reader = new ClaimsReader();
        for (Map.Entry<CBORObject, CBORObject> claim : map(encoded, maxBytes).getEntries()) {
            reader.claim(ClaimLabel.ofCbor(claim.getKey()), claim.getValue());
        }
        return reader.claims.build();
    }

    static boolean isKnown(ClaimLabel label) {
        return label.number() != 0;
    }

    /** Names go into logs, headers and JWTs: no controls, and not without end. */
    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) { // a stream here costs as much as the MAC of a token
            if (i == MAX_NAME || Character.isISOControl(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static CBORObject map(byte[] encoded, int maxBytes) throws InvalidCwtException {
        try {
            return StrictCbor.decodeMap(encoded, maxBytes);
        } catch (CoseException e) {
            throw CoseRefusals.translate(e);
        }
    }

    private void claim(ClaimLabel label, CBORObject value) throws InvalidCwtException {
        if (!isKnown(label)) {
            claims.other(label, StrictCbor.encode(value));
            return;
        }
        switch (label.number()) {
            case ISS -> claims.issuer(name(value));
            case SUB -> claims.subject(name(value));
            case AUD -> audience(value);
            case EXP -> claims.exactExpiresAt(NumericDate.read(value));
            case NBF -> claims.exactNotBefore(NumericDate.read(value));
            case IAT -> claims.exactIssuedAt(NumericDate.read(value));
            case CTI -> claims.id(id(value));
            case CNF -> claims.confirmation(Confirmation.ofCbor(value));
            case CNONCE -> claims.cnonce(nonce(value));
            case EXI -> claims.expiresIn(NumericDate.readSeconds(value));
            default -> scope(value);
        }
    }

    private void audience(CBORObject value) throws InvalidCwtException {
        if (value.getType() != CBORType.Array) {
            claims.audience(name(value));
            return;
        }
        if (value.size() == 0 || value.size() > MAX_AUDIENCES) {
            throw malformed("aud that names nobody, or too many");
        }
        for (CBORObject one : value.getValues()) {
            claims.audience(name(one));
        }
    }

    private void scope(CBORObject value) throws InvalidCwtException {
        String text = value.getType() == CBORType.TextString ? value.AsString() : null;
        if (text != null && text.length() <= MAX_SCOPE) {
            claims.scope(text);
        } else if (value.getType() == CBORType.ByteString && value.GetByteString().length <= MAX_SCOPE) {
            claims.scopeBytes(value.GetByteString());
        } else {
            throw malformed("scope that is neither text nor bytes, or is too long");
        }
    }

    private static CwtId id(CBORObject value) throws InvalidCwtException {
        if (value.getType() != CBORType.ByteString || !CwtId.isValid(value.GetByteString())) {
            throw malformed("cti that is not 1 to 64 bytes");
        }
        return CwtId.of(value.GetByteString());
    }

    private static byte[] nonce(CBORObject value) throws InvalidCwtException {
        if (value.getType() != CBORType.ByteString || !CwtClaims.isNonce(value.GetByteString())) {
            throw malformed("cnonce that is not 1 to 64 bytes");
        }
        return value.GetByteString();
    }

    private static String name(CBORObject value) throws InvalidCwtException {
        String name = value.getType() == CBORType.TextString ? value.AsString() : "";
        if (!isName(name)) {
            throw malformed("iss, sub or aud that is not a text of 1 to 255 characters");
        }
        return name;
    }

    private static InvalidCwtException malformed(String message) {
        return new InvalidCwtException(MALFORMED, message);
    }
}
